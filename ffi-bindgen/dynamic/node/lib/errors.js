// What can go wrong, and how it is told.

/** The base of every error of this package. */
export class FfiError extends Error {
    get name() {
        return this.constructor.name;
    }
}

/** A file is not a library that can be loaded and read. */
export class LoadError extends FfiError {}

/** The library answered with an error; `message` is its text, exactly. */
export class CallError extends FfiError {
    constructor(symbol, text) {
        super(text);
        /** The symbol of the function, or the name of the event, that the error comes from. */
        this.function = symbol;
    }
}

/** An argument does not fit the schema; the message names the function and the way to the fault. */
export class ArgumentError extends FfiError {}

/** The context was closed before the call. */
export class ClosedError extends FfiError {}
