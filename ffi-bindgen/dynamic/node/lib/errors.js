// What can go wrong, and how it is told.

/** The base of every error of this package. */
export class FfiError extends Error {
    get name() {
        return this.constructor.name;
    }
}

/** A file is not a library that can be loaded and read. */
export class LoadError extends FfiError {}

const AUTHOR = 1;

/** The number of the kind of an error that tells of events that were dropped. */
export const LOST = 17;

/** The number of none. */
export const UNKNOWN = 255;

/** What stands in its place for an error of the function's own. */
export const FAILURE = 256;

const KINDS = {
    [AUTHOR]: 'author',
    2: 'bad_request',
    3: 'cancelled',
    4: 'deadline_exceeded',
    5: 'panicked',
    6: 'poisoned',
    7: 'bad_handle',
    8: 'closed',
    9: 'queue_full',
    10: 'not_implemented',
    11: 'after_fork',
    12: 'no_resources',
    13: 'constructing',
    14: 'constructor_failed',
    15: 'bad_result',
    [LOST]: 'lost',
};

/** The library answered with an error; `message` is its text, exactly. */
export class CallError extends FfiError {
    /** `code` is the number of the kind. */
    constructor(symbol, code, text) {
        super(text);
        /** The symbol of the function, or the name of the event, that the error comes from. */
        this.function = symbol;
        /** Whose error it is, whatever its text says: `author` where the library's function returned it. */
        this.kind = KINDS[code] ?? 'unknown';
    }
}

/** The library's function failed with an error of its own; `message` is the error's text. */
export class FailureError extends CallError {
    constructor(symbol, text, type, error) {
        super(symbol, AUTHOR, text);
        /** The name of the error's type: a record, an enumeration, or an enum with data. */
        this.type = type;
        /** The error itself, an object or a text as values of its type are. */
        this.error = error;
    }
}

/** An argument does not fit the schema; the message names the function and the way to the fault. */
export class ArgumentError extends FfiError {}

/** The context was closed before the call. */
export class ClosedError extends FfiError {}
