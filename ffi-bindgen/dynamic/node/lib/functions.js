// What stands for a function: it is called, awaited, asked for help.

import { inspect } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { Courier } from './courier.js';
import { ArgumentError, CallError, FAILURE, FailureError, UNKNOWN } from './errors.js';
import { exported } from './exports.js';
import { text } from './native.js';
import { failure_of } from './schema.js';
import { function_text, signature, type_text } from './text.js';

/** A function of a loaded library, made ready once for all its calls. */
export class Prepared {
    constructor({ native, encoder, decoder }, fn, returns = undefined) {
        this.native = native;
        this.fn = fn;
        this.encode = encoder.request(fn);
        // A constructor answers its handle, as text.
        this.value = decoder.reader(fn.symbol, fn.kind === 'constructor' ? 'string' : fn.returns);
        this.failure = decoder.reader(fn.symbol, fn.error);
        this.direct = fn.kind === 'export' ? exported(native, encoder, fn) : null;
        const is_awaited = !fn.is_direct && fn.kind !== 'export';
        const answer = returns ?? type_text(native.schema.types, fn.returns);
        this.is_awaited = is_awaited;
        this.signature = signature(native.schema.types, fn, is_awaited ? `Promise<${answer}>` : answer);
        this.help = function_text(native.schema, fn, this.signature);
    }

    /** The arguments by name, and the options behind the last. */
    positional(args) {
        const { symbol, params } = this.fn;
        if (args.length > params.length + 1) {
            throw new ArgumentError(`${symbol}: takes ${params.length} arguments and options, ${args.length} were given`);
        }
        const values = Object.fromEntries(params.slice(0, args.length).map(({ name }, index) => [name, args[index]]));
        return { values, options: this.options(args[params.length]) };
    }

    /** The options of a call. */
    options(options = {}) {
        const known = this.fn.kind === 'constructor' ? ['signal', 'listen'] : ['signal'];
        const unknown = Object.keys(Object(options)).find((key) => !known.includes(key));
        if (typeof options !== 'object' || options === null || unknown !== undefined) {
            const { symbol, params } = this.fn;
            throw new ArgumentError(`${symbol}: takes ${params.length} arguments, then options: { ${known.join(', ')} }`);
        }
        if (options.listen !== undefined && typeof options.listen !== 'function') {
            throw new ArgumentError(`${this.fn.symbol}: the option listen: expected a function`);
        }
        if (options.signal !== undefined && !(options.signal instanceof AbortSignal)) {
            throw new ArgumentError(`${this.fn.symbol}: the option signal: expected an AbortSignal`);
        }
        return options;
    }

    /** An answer's value, or its error. */
    read(error, bytes) {
        if (error === FAILURE) {
            throw this.#failure(bytes);
        }
        if (error !== 0) {
            throw new CallError(this.fn.symbol, error, text(bytes));
        }
        const value = this.value(bytes);
        return this.fn.returns === null ? undefined : value;
    }

    /** The error of the function's own that came. */
    #failure(bytes) {
        const { symbol, error: failure } = this.fn;
        if (failure === null) {
            return new CallError(symbol, UNKNOWN, 'an error of a newer library');
        }
        const { message, error } = this.failure(bytes);
        return new FailureError(symbol, message, failure_of(this.native.schema.types, failure).named, error);
    }

    /** Calls, with the arguments by name; `core` is of the context that it needs. */
    call(core, values, { signal }) {
        if (this.direct !== null) {
            return this.direct(values);
        }
        const handle = core?.handle() ?? 0;
        const request = this.encode(values);
        return this.is_awaited ? this.#awaited(core, handle, request, signal) : this.#answered(handle, request);
    }

    #answered(handle, request) {
        let answer;
        this.native.call(handle, this.fn.symbol, request, (...told) => (answer = told));
        return this.read(...answer);
    }

    async #awaited(core, handle, request, signal) {
        const courier = core === null && !isMainThread ? await Courier.started() : null;
        return answer_of(this, signal, {
            begin: (receive) =>
                courier === null
                    ? this.native.call(handle, this.fn.symbol, request, receive)
                    : this.native.call_by(courier, this.fn.symbol, request, receive),
            give_up: (number) => core?.give_up(number),
        });
    }
}

// Whom each signal gives up. It has one listener for all of them: Node warns of more than ten.
const given_up = new WeakMap();

/** Has this called where the signal is aborted; gives what takes that back. */
function on_abort(signal, abort) {
    let aborts = given_up.get(signal);
    if (aborts === undefined) {
        aborts = new Set();
        aborts.tell = () => [...aborts].forEach((each) => each());
        given_up.set(signal, aborts);
        signal.addEventListener('abort', aborts.tell, { once: true });
    }
    aborts.add(abort);
    return () => {
        aborts.delete(abort);
        if (aborts.size === 0 && given_up.get(signal) === aborts) {
            signal.removeEventListener('abort', aborts.tell);
            given_up.delete(signal);
        }
    };
}

/** A promise of what a call answers, which is given up where the signal says so. */
export function answer_of(prepared, signal, { begin, give_up }) {
    if (signal?.aborted) {
        return Promise.reject(signal.reason);
    }
    const answer = new Promise((resolve, reject) => {
        let number;
        const abort = () => {
            reject(signal.reason);
            give_up(number);
        };
        const forget = signal === undefined ? () => {} : on_abort(signal, abort);
        try {
            number = begin((error, bytes) => {
                forget();
                try {
                    resolve(prepared.read(error, bytes));
                } catch (thrown) {
                    reject(thrown);
                }
            });
        } catch (error) {
            forget();
            throw error;
        }
    });
    return prepared.native.held(answer);
}

/** A function to call, with its documentation. `call` takes the arguments by name, and the options. */
export function bound(prepared, call) {
    const { fn, help } = prepared;
    const made = told(prepared, (...args) => {
        const { values, options } = prepared.positional(args);
        return call(values, options);
    });
    const named = told(prepared, (values = {}, options = {}) => call(values, prepared.options(options)));
    return Object.defineProperties(made, {
        name: { value: fn.name },
        length: { value: fn.params.length },
        named: { value: named },
        help: { value: help },
        signature: { value: prepared.signature },
        [inspect.custom]: { value: () => `[${fn.symbol}: ${prepared.signature}]` },
    });
}

/** What is awaited tells its errors there too. */
function told(prepared, call) {
    return prepared.is_awaited ? async (...args) => call(...args) : call;
}
