// Events: streams to iterate over, and functions that are called.

import { inspect, types } from 'node:util';
import { CallError, LOST } from './errors.js';
import { text } from './native.js';
import { ASYNC_DISPOSE } from './symbols.js';
import { event_text } from './text.js';
import { Waiting } from './waiting.js';

/** One event of a context, or all of them. */
export class EventSource {
    #context;
    #loaded;
    #event;

    constructor(context, loaded, event = null) {
        this.#context = context;
        this.#loaded = loaded;
        this.#event = event;
    }

    /** What it tells, from the schema. */
    get help() {
        return this.#event === null ? 'Every event of the context.' : event_text(this.#loaded.native.schema, this.#event);
    }

    /** Hears from now on: `for await (const { name, payload } of stream)`. */
    stream() {
        return new EventStream(...this.#source());
    }

    /**
     * Has a function called for each event from now on. `onDropped` is called with the number of events that are
     * missing, where they are; `onError` with an event's error.
     */
    listen(listener, { onDropped, onError } = {}) {
        if ([listener, onDropped ?? noted, onError ?? noted].some((it) => typeof it !== 'function')) {
            throw new TypeError('a listener is a function, and so are onDropped and onError');
        }
        if ([listener, onDropped, onError].some((it) => types.isGeneratorFunction(it))) {
            throw new TypeError('a listener is a function that runs when it is called, and no generator');
        }
        return new Listener(...this.#source(), { listener, onDropped, onError });
    }

    [Symbol.asyncIterator]() {
        return this.stream();
    }

    #source() {
        return [this.#context, this.#loaded, this.#event?.name ?? null];
    }

    [inspect.custom]() {
        return `[event ${this.#event?.name ?? '*'} of ${inspect(this.#context)}]`;
    }
}

/** The class of a library's events: all of them, and each as a property. */
export function events_class(loaded) {
    const made = class extends EventSource {};
    for (const [property, event] of loaded.events) {
        Object.defineProperty(made.prototype, property, {
            enumerable: true,
            get() {
                return new EventSource(loaded.context_of(this), loaded, event);
            },
        });
    }
    return made;
}

const DROPPED = 'events_dropped';
const GAP = new RegExp(`^${DROPPED}: (\\d+) events were dropped before this$`);

/** A gap, as the library tells it to who hears all events. */
function gap_of(count) {
    return { name: DROPPED, payload: { count } };
}

/** What a library's callback told, as `{ name, payload }`. */
function told(loaded, name, error, bytes) {
    const source = name ?? loaded.native.name;
    if (error === 0) {
        return loaded.decoder.event(source, name, bytes);
    }
    const message = text(bytes);
    const gap = error === LOST ? GAP.exec(message) : null;
    if (gap === null) {
        throw new CallError(source, error, message);
    }
    return gap_of(BigInt(gap[1]));
}

/** For how many events something stands that was told. */
function worth(loaded, name, error, bytes) {
    try {
        const event = told(loaded, name, error, bytes);
        return event.name === DROPPED ? event.payload.count : 1n;
    } catch {
        return 1n;
    }
}

/**
 * The events of a context from now on. It ends with the context. It holds as many as the library does; where others
 * were dropped, here or there, it brings an event `events_dropped` with their count.
 */
export class EventStream {
    #loaded;
    #name;
    #remove;
    #waiting;
    #asked = [];
    #is_over = false;

    constructor(context, loaded, name) {
        this.#loaded = loaded;
        this.#name = name;
        this.#waiting = new Waiting(loaded.native.schema.event_limit, (entry) => worth(loaded, name, ...entry));
        this.#remove = loaded.core_of(context).listen(name, {
            // As long as it hears, its context stays.
            context,
            receive: (error, bytes) => this.#receive(error, bytes),
            end: () => this.#end(),
        });
    }

    #receive(error, bytes) {
        if (this.#is_over) {
            return;
        }
        const asked = this.#asked.shift();
        if (asked === undefined) {
            this.#waiting.push([error, bytes]);
        } else {
            asked(this.#result(error, bytes));
        }
    }

    async #result(error, bytes) {
        return { done: false, value: told(this.#loaded, this.#name, error, bytes) };
    }

    #end() {
        this.#is_over = true;
        this.#asked.splice(0).forEach((asked) => asked({ done: true, value: undefined }));
    }

    /** The next event; the process stays alive meanwhile. */
    next() {
        const taken = this.#waiting.take();
        if (taken?.gap !== undefined) {
            return Promise.resolve({ done: false, value: gap_of(taken.gap) });
        }
        if (taken !== undefined) {
            return this.#result(...taken.entry);
        }
        if (this.#is_over) {
            return Promise.resolve({ done: true, value: undefined });
        }
        return this.#loaded.native.held(new Promise((resolve) => this.#asked.push(resolve)));
    }

    /** Hears no more; what was not taken is dropped. */
    async close() {
        this.#waiting.clear();
        this.#end();
        await this.#remove();
    }

    async return() {
        await this.close();
        return { done: true, value: undefined };
    }

    [ASYNC_DISPOSE]() {
        return this.close();
    }

    [Symbol.asyncIterator]() {
        return this;
    }
}

/** What nobody asked to be told, which ends no process. */
function noted(message) {
    process.emitWarning(String(message), 'FfiEventWarning');
}

/** A function that hears events until it is removed, or its context has ended. */
export class Listener {
    #remove;
    #is_removed = false;
    #dropped = 0n;

    constructor(context, loaded, name, functions) {
        const tell = (error, bytes) => {
            if (!this.#is_removed) {
                this.#tell(functions, name, () => told(loaded, name, error, bytes));
            }
        };
        this.#remove = loaded.core_of(context).listen(name, {
            context,
            // Not within the callback: what it throws is thrown for all to see, and harms no other.
            receive: (...args) => queueMicrotask(() => tell(...args)),
            end: () => {},
        });
    }

    #tell({ listener, onDropped, onError = noted }, name, read) {
        let event;
        try {
            event = read();
        } catch (error) {
            onError(error);
            return;
        }
        const is_gap = event.name === DROPPED;
        if (is_gap) {
            this.#dropped += event.payload.count;
        }
        if (!is_gap || name === null || name === DROPPED) {
            listener(event);
        } else if (onDropped === undefined && this.#dropped === event.payload.count) {
            noted(`${name}: ${event.payload.count} events were dropped; onDropped is told of each gap`);
        }
        if (is_gap) {
            onDropped?.(event.payload.count);
        }
    }

    /** How many events were dropped so far, because listeners were slower than they came. */
    get dropped() {
        return this.#dropped;
    }

    /** Removes it: the function is not called from now on. */
    async remove() {
        this.#is_removed = true;
        await this.#remove();
    }

    [ASYNC_DISPOSE]() {
        return this.remove();
    }
}
