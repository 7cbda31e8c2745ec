// A loaded library.

import { inspect } from 'node:util';
import { Context, context_class } from './context.js';
import { Core } from './core.js';
import { Decoder } from './decode.js';
import { Encoder } from './encode.js';
import { LoadError } from './errors.js';
import { events_class, EventSource } from './events.js';
import { answer_of, bound, Prepared } from './functions.js';
import { Native } from './native.js';
import { properties, reserved_by } from './schema.js';
import { overview } from './text.js';

/** What a library's contexts share. */
class Loaded {
    cores = new WeakMap();
    #contexts = new WeakMap();

    constructor(path, name) {
        this.native = new Native(path, name);
        const { schema } = this.native;
        this.encoder = new Encoder(schema);
        this.decoder = new Decoder(schema);
        this.methods = this.prepare(['method'], reserved_by(Context.prototype));
        this.events = properties(schema.events, reserved_by(EventSource.prototype));
        this.Context = context_class(this);
        this.Events = events_class(this);
    }

    /** Functions of these kinds by the properties that they become. */
    prepare(kinds, reserved) {
        const { name, functions } = this.native.schema;
        const found = properties(functions.filter((fn) => kinds.includes(fn.kind)), reserved);
        const prepared = (fn) => new Prepared(this, fn, fn.kind === 'constructor' ? `${name}_context` : undefined);
        return new Map([...found].map(([property, fn]) => [property, prepared(fn)]));
    }

    core_of(context) {
        return this.cores.get(context);
    }

    events_of(context) {
        const events = new this.Events(context, this);
        this.#contexts.set(events, context);
        return events;
    }

    context_of(events) {
        return this.#contexts.get(events);
    }

    /** Makes a context from the constructor's arguments. */
    async create(prepared, values, { signal, listen }) {
        const request = prepared.encode(values);
        let core;
        let context;
        let fault;
        const open = () => {
            context = new this.Context(this, core);
            try {
                listen?.(context.events);
            } catch (error) {
                fault = { error };
            }
        };
        const begin = (receive) => {
            const created = (error, bytes) => {
                // Within the constructor's callback: until that returns, the library holds its events back.
                if (error === 0 && core?.is_closing === false) {
                    open();
                }
                receive(error, bytes);
            };
            const { handle, number } = this.native.create(prepared.fn.symbol, request, created);
            core = new Core(this.native, handle);
            return number;
        };
        const give_up = (number) => {
            core.give_up(number);
            core.close();
        };
        try {
            await answer_of(prepared, signal, { begin, give_up });
        } catch (error) {
            // Where the constructor failed, its context has ended by itself.
            core?.gone();
            throw error;
        }
        if (context === undefined) {
            // It was answered before its handle was known.
            open();
        }
        if (fault !== undefined) {
            core.close();
            throw fault.error;
        }
        return context;
    }
}

/** A loaded library: its constructor, and its functions that need no context, are its properties. */
export class Library {
    #loaded;

    constructor(loaded) {
        this.#loaded = loaded;
    }

    /** What the library says about itself. */
    get schema() {
        return this.#loaded.native.schema;
    }

    /** The file that it was loaded from. */
    get path() {
        return this.#loaded.native.path;
    }

    /** What it offers, from the schema. */
    get help() {
        return overview(this.schema.docs, Object.values(this).map((fn) => fn.signature));
    }

    [inspect.custom]() {
        return `[library ${this.schema.name} ${this.schema.version} from ${this.path}]`;
    }
}

/**
 * Loads a library that was made with `#[ffi]`. `name` is needed only where the file holds several.
 */
export function load(path, { name } = {}) {
    try {
        return loaded_from(path, name);
    } catch (fault) {
        // What a description that is none leads to.
        if (fault instanceof TypeError || fault instanceof RangeError) {
            throw new LoadError(`${path}: its schema is not one: ${fault.message}`, { cause: fault });
        }
        throw fault;
    }
}

function loaded_from(path, name) {
    const loaded = new Loaded(path, name);
    const library = new Library(loaded);
    const reserved = reserved_by(Library.prototype);
    for (const [property, prepared] of loaded.prepare(['constructor', 'stateless', 'export'], reserved)) {
        const call =
            prepared.fn.kind === 'constructor'
                ? (values, options) => loaded.create(prepared, values, options)
                : (values, options) => prepared.call(null, values, options);
        Object.defineProperty(library, property, { enumerable: true, value: bound(prepared, call) });
    }
    return library;
}
