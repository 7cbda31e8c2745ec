// Events: streams to iterate over, and functions that are called.

import { inspect, types } from 'node:util';
import { CallError } from './errors.js';
import { text } from './native.js';
import { ASYNC_DISPOSE } from './symbols.js';
import { event_text } from './text.js';

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

    /** Has a function called for each event from now on. */
    listen(listener) {
        if (typeof listener !== 'function') {
            throw new TypeError('a listener is a function');
        }
        if (types.isGeneratorFunction(listener)) {
            throw new TypeError('a listener is a function that runs when it is called, and no generator');
        }
        return new Listener(...this.#source(), listener);
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

/** What a library's callback told, as `{ name, payload }`. */
function told(loaded, name, is_ok, bytes) {
    const source = name ?? loaded.native.name;
    if (!is_ok) {
        throw new CallError(source, text(bytes));
    }
    return loaded.decoder.event(source, name, bytes);
}

/** The events of a context from now on. It ends with the context. */
export class EventStream {
    #loaded;
    #name;
    #remove;
    #waiting = [];
    #asked = [];
    #is_over = false;

    constructor(context, loaded, name) {
        this.#loaded = loaded;
        this.#name = name;
        this.#remove = loaded.core_of(context).listen(name, {
            // As long as it hears, its context stays.
            context,
            receive: (is_ok, bytes) => this.#receive(is_ok, bytes),
            end: () => this.#end(),
        });
    }

    #receive(is_ok, bytes) {
        if (this.#is_over) {
            return;
        }
        const asked = this.#asked.shift();
        if (asked === undefined) {
            this.#waiting.push([is_ok, bytes]);
        } else {
            asked(this.#result(is_ok, bytes));
        }
    }

    async #result(is_ok, bytes) {
        return { done: false, value: told(this.#loaded, this.#name, is_ok, bytes) };
    }

    #end() {
        this.#is_over = true;
        this.#asked.splice(0).forEach((asked) => asked({ done: true, value: undefined }));
    }

    /** The next event; the process stays alive meanwhile. */
    next() {
        const waiting = this.#waiting.shift();
        if (waiting !== undefined) {
            return this.#result(...waiting);
        }
        if (this.#is_over) {
            return Promise.resolve({ done: true, value: undefined });
        }
        return this.#loaded.native.held(new Promise((resolve) => this.#asked.push(resolve)));
    }

    /** Hears no more; what was not taken is dropped. */
    async close() {
        this.#waiting.length = 0;
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

/** A function that hears events until it is removed, or its context has ended. */
export class Listener {
    #remove;
    #is_removed = false;

    constructor(context, loaded, name, listener) {
        const tell = (is_ok, bytes) => {
            if (!this.#is_removed) {
                listener(told(loaded, name, is_ok, bytes));
            }
        };
        this.#remove = loaded.core_of(context).listen(name, {
            context,
            // Not within the callback: what it throws is thrown for all to see, and harms no other.
            receive: (...args) => queueMicrotask(() => tell(...args)),
            end: () => {},
        });
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
