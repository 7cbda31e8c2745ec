// A live state of a library.

import { inspect } from 'node:util';
import { FfiError } from './errors.js';
import { bound } from './functions.js';
import { ASYNC_DISPOSE } from './symbols.js';
import { overview } from './text.js';

const forgotten = new FinalizationRegistry((core) => {
    if (!core.is_closing) {
        process.emitWarning(`a context of ${core.native.name} was never closed`, 'ResourceWarning');
        core.close();
    }
});

/** A live state of a library; its functions are its properties. */
export class Context {
    #loaded;
    #core;

    constructor(loaded, core) {
        this.#loaded = loaded;
        this.#core = core;
        loaded.cores.set(this, core);
        forgotten.register(this, core);
    }

    /** What it tells: all events, and each as a property. */
    get events() {
        return this.#loaded.events_of(this);
    }

    /** What it offers, from the schema. */
    get help() {
        const shown = [...this.#loaded.methods.values()].map((prepared) => prepared.signature);
        return overview(this.#loaded.native.schema.docs, shown);
    }

    /** Whether it was closed, or is being closed. */
    get isClosed() {
        return this.#core.is_closing;
    }

    /** A function by its symbol or short name, whatever its property is. */
    function(name) {
        const all = [...this.#loaded.methods.values()];
        const prepared = all.find(({ fn }) => fn.name === name || fn.symbol === name);
        if (prepared === undefined) {
            const { native, methods } = this.#loaded;
            throw new FfiError(`${native.name} has no function ${name}; there are ${[...methods.keys()].join(', ')}`);
        }
        return method(this, this.#core, prepared);
    }

    /** Ends it: accepted calls are answered first, for no longer than the library's grace. */
    close() {
        return this.#core.close();
    }

    [ASYNC_DISPOSE]() {
        return this.close();
    }

    [inspect.custom]() {
        const { name, version } = this.#loaded.native.schema;
        return `[${this.isClosed ? 'closed' : 'live'} context of ${name} ${version}]`;
    }
}

/** The class of a library's contexts. */
export function context_class(loaded) {
    const made = class extends Context {};
    for (const [property, prepared] of loaded.methods) {
        Object.defineProperty(made.prototype, property, {
            enumerable: true,
            get() {
                const value = method(this, loaded.core_of(this), prepared);
                Object.defineProperty(this, property, { value });
                return value;
            },
        });
    }
    return made;
}

function method(context, core, prepared) {
    return bound(prepared, (values, options) => {
        const answer = prepared.call(core, values, options);
        // A context is not forgotten while somebody waits for its answer.
        return prepared.is_awaited ? answer.finally(() => context) : answer;
    });
}
