/** What a call may be given behind its arguments. */
export interface CallOptions {
    /** Gives the call up: the library is asked to cancel it, and the promise is rejected with the reason. */
    signal?: AbortSignal;
}

/** What a constructor may be given behind its arguments. */
export interface CreateOptions extends CallOptions {
    /** Adds listeners that hear from the first event on, also of those that the constructor fires. */
    listen?: (events: Events) => void;
}

/** A function that the schema describes. */
export interface Described<Result, Options = CallOptions> {
    /** Calls with the arguments by position, then the options. */
    (...args: any[]): Result;
    /** Calls with the arguments by name. */
    named(args?: Record<string, unknown>, options?: Options): Result;
    /** Its signature, documentation and types. */
    readonly help: string;
    readonly signature: string;
}

/**
 * A value of an enum with data: `type` names the variant, and what it holds stands beside it.
 *
 * - Nothing: `{ type: 'Rule' }`. The name alone, `'Rule'`, is taken as well, but never given.
 * - One value: `{ type: 'Paragraph', value: 'hi' }`.
 * - Several values without names: `{ type: 'Measure', values: [1.5, 'm'] }`.
 * - Fields: `{ type: 'Heading', levelOf: 1, inBold: true, children: [] }`. A field that is itself called `type` has
 *   underscores behind its name, as few as make it a name of its own: `type_`.
 *
 * `help` of a function or an event shows the variants of its types.
 */
export type Variant = { type: string; value?: any; values?: any[]; [field: string]: any };

/**
 * What is taken for a map. What comes is a `Map` where the keys are numbers, booleans, texts or enums without data, else an
 * array of keys and values.
 */
export type Entries<Key = any, Value = any> = ReadonlyMap<Key, Value> | readonly (readonly [Key, Value])[];

/** What is taken for a set. What comes is a `Set` where the values could be keys of a `Map` that comes, else an array. */
export type Members<Value = any> = ReadonlySet<Value> | readonly Value[];

/** A span in milliseconds, whose fraction counts to the nanosecond as far as a number does. A point in time is a `Date`. */
export type Duration = number;

/** Something that a context told. */
export interface Event {
    name: string;
    payload: any;
}

/** One event of a context, or all of them. */
export interface EventSource extends AsyncIterable<Event> {
    readonly help: string;
    /** Hears from now on. */
    stream(): EventStream;
    /** Has a function called for each event from now on. */
    listen(listener: (event: Event) => void, options?: ListenOptions): Listener;
}

/** What a listener of one event is told beside that event. Without these it is a warning of the process. */
export interface ListenOptions {
    /** So many events were dropped between the last one and the next, because listeners were slower than they came. */
    onDropped?: (count: bigint) => void;
    /** An event cannot be read, or has no form. */
    onError?: (error: FfiError) => void;
}

/** All events of a context, and each as a property. */
export type Events = EventSource & { readonly [event: string]: any };

/**
 * The events of a context from now on. It ends with the context. It holds as many as the library's `event_limit` says;
 * where events were dropped, in the library or here, it brings `{ name: 'events_dropped', payload: { count } }`.
 */
export interface EventStream extends AsyncIterableIterator<Event> {
    next(): Promise<IteratorResult<Event, undefined>>;
    /** Hears no more; what was not taken is dropped. */
    close(): Promise<void>;
}

/** A function that hears events until it is removed, or its context has ended. */
export interface Listener {
    /** How many events were dropped so far. */
    readonly dropped: bigint;
    remove(): Promise<void>;
}

/** What every context has, beside the functions of its library. */
export interface ContextBase {
    readonly events: Events;
    readonly help: string;
    readonly isClosed: boolean;
    /** A function by its symbol or short name, whatever its property is. */
    function(name: string): Described<any>;
    /** Ends it: accepted calls are answered first, for no longer than the library's grace. */
    close(): Promise<void>;
}

/** A live state of a library. What it answers on the calling thread is returned directly. */
export type Context = ContextBase & { readonly [name: string]: any };

/** What every library has, beside its functions that need no context. */
export interface LibraryBase {
    readonly schema: { readonly name: string; readonly version: string; readonly docs: string };
    readonly path: string;
    readonly help: string;
    /** Makes a context, where the library has a constructor of this name. */
    readonly create: Described<Promise<Context>, CreateOptions>;
}

/** A loaded library. */
export type Library = LibraryBase & { readonly [name: string]: any };

/** The base of every error of this package. */
export class FfiError extends Error {}

/** A file is not a library that can be loaded and read. */
export class LoadError extends FfiError {}

/** `author` is an error that the library's function returned, `unknown` one of a newer library; the others are the library's own. */
export type ErrorKind =
    | 'author'
    | 'bad_request'
    | 'cancelled'
    | 'deadline_exceeded'
    | 'panicked'
    | 'poisoned'
    | 'bad_handle'
    | 'closed'
    | 'queue_full'
    | 'not_implemented'
    | 'after_fork'
    | 'no_resources'
    | 'constructing'
    | 'constructor_failed'
    | 'bad_result'
    | 'lost'
    | 'unknown';

/** The library answered with an error; `message` is its text, exactly. */
export class CallError extends FfiError {
    /** The symbol of the function, or the name of the event, that the error comes from. */
    readonly function: string;
    /** Whose error it is, whatever its text says. */
    readonly kind: ErrorKind;
}

/** The library's function failed with an error of its own; `message` is the error's text. */
export class FailureError extends CallError {
    /** The name of the error's type: a record, an enumeration, or an enum with data. */
    readonly type: string;
    /** The error itself, an object or a text as values of its type are. */
    readonly error: any;
}

/** An argument does not fit the schema; the message names the function and the way to the fault. */
export class ArgumentError extends FfiError {}

/** The context was closed before the call. */
export class ClosedError extends FfiError {}

/** Loads a library that was made with `#[ffi]`. `name` is needed only where the file holds several. */
export function load(path: string, options?: { name?: string }): Library;
