// A library's C functions, and the two callbacks that it is given.
//
// - Every call and every listener has a number, which travels as `user_data`; what it stands for is
//   found here. So the library never holds a pointer into JavaScript's memory.
// - The callbacks run on JavaScript's thread, and the library's thread that calls waits meanwhile. So what
//   waits for such a thread in turn is never called here but asynchronously.
// - They raise nothing: koffi would let the library's next callback pass unheard.

import { isMainThread } from 'node:worker_threads';
import koffi from 'koffi';
import { CALLBACK, copied, error_in, RET_STALE_WARN } from './callback.js';
import { cbor } from './decode.js';
import { CallError, LoadError } from './errors.js';
import { Keeper } from './process.js';
import { open_file } from './files.js';
import { read } from './schema.js';

// Each thread of a library that waits for JavaScript takes one of these; two for a context at most.
try {
    koffi.config({ max_async_calls: 4096 });
} catch {
    // Somebody loaded a library with koffi before: then its settings stay.
}

const HANDLE = 'uintptr_t';

/** One library of one file. */
export class Native {
    pending = new Map();
    listeners = new Map();
    #last = 0;
    #keeper = new Keeper();
    #symbols = {};
    #answered = koffi.register((...told) => this.#answer(...told), CALLBACK);
    #heard = koffi.register((...told) => this.#hear(...told), CALLBACK);

    constructor(path, name) {
        Object.assign(this, open_file(path, name));
        this.#declare('call_cbor', 'int', [HANDLE, 'str', CALLBACK, 'size_t', 'const uint8_t *', 'size_t']);
        this.#declare('last_error', 'str', []);
        this.#symbols.last_error_at = this.#symbol(`${this.name}_ffi_last_error`, 'void *', []);
        this.schema = read(this.path, this.#description());
        const of_kind = (kind) => this.schema.functions.find((fn) => fn.kind === kind)?.symbol;
        if (of_kind('constructor') !== undefined) {
            this.#declare_contexts(of_kind('constructor'), of_kind('destructor'));
        }
    }

    #declare_contexts(create, destroy) {
        this.#symbols.create = this.#symbol(`${create}_cbor`, HANDLE, ['const uint8_t *', 'size_t', CALLBACK, 'size_t']);
        this.#symbols.destroy = this.#symbol(destroy, 'int', [HANDLE]);
        this.#declare('cancel', 'int', [HANDLE, 'size_t']);
        this.#declare('close', 'int', [HANDLE, CALLBACK, 'size_t']);
        this.#declare('poll_fd', 'int', [HANDLE]);
        this.#declare('add_event_listener_cbor', 'uint64_t', [HANDLE, 'str', CALLBACK, 'size_t']);
        this.#declare('remove_event_listener', 'int', [HANDLE, 'uint64_t']);
    }

    /** One of the library's own functions. */
    #declare(rest, result, params) {
        this.#symbols[rest] = this.#symbol(`${this.name}_ffi_${rest}`, result, params);
    }

    #symbol(symbol, result, params) {
        try {
            return this.dll.func(symbol, result, params);
        } catch (error) {
            throw new LoadError(`${this.path}: ${this.name} lacks the symbol ${symbol}`, { cause: error });
        }
    }

    #description() {
        const schema = this.dll.func(`${this.name}_ffi_schema`, 'void *', [koffi.out('size_t *')]);
        const size = [0];
        const bytes = copied(schema(size), size[0]);
        try {
            return cbor(this.path, bytes);
        } catch (fault) {
            throw new LoadError(`${this.path}: its schema is not one: ${fault.cause.message}`, { cause: fault });
        }
    }

    // The callbacks.

    #answer(ret, msg, size, number) {
        const bytes = copied(msg, size);
        const entry = this.pending.get(number);
        if (ret === RET_STALE_WARN) {
            warn(entry?.source, bytes);
            return;
        }
        this.pending.delete(number);
        entry?.receive(error_in(ret, msg, size), bytes);
    }

    #hear(ret, msg, size, number) {
        this.listeners.get(number)?.receive(error_in(ret, msg, size), copied(msg, size));
    }

    // The entry points.

    #expect(source, receive, handle = 0) {
        const number = ++this.#last;
        this.pending.set(number, { source, receive, handle });
        return number;
    }

    /** Makes a context: its handle, unless it was refused, and the call's number. */
    create(source, request, receive) {
        const number = this.#expect(source, receive);
        const handle = this.#symbols.create(request, request.length, this.#answered, number);
        return { handle, number };
    }

    /** Calls a function; gives the call's number. */
    call(handle, symbol, request, receive) {
        const number = this.#expect(symbol, receive, handle);
        this.#symbols.call_cbor(handle, symbol, this.#answered, number, request, request.length);
        return number;
    }

    /** Calls a function without a state, whose answer a worker's courier hears; gives the call's number. */
    call_by(courier, symbol, request, receive) {
        const number = courier.expect((ret, error, bytes) =>
            ret === RET_STALE_WARN ? warn(symbol, bytes) : receive(error, bytes),
        );
        this.#symbols.call_cbor(0, symbol, courier.callback, number, request, request.length);
        return number;
    }

    /** Asks that a call be cancelled. */
    cancel(handle, number) {
        this.#symbols.cancel(handle, number);
    }

    /** Ends a context, and does not wait. */
    close(handle, receive) {
        if (!isMainThread) {
            // A worker of Node that ends waits for what was called asynchronously, and its callbacks live until then.
            this.#symbols.destroy.async(handle, receive);
            return;
        }
        this.#symbols.close(handle, this.#answered, this.#expect(`${this.name}_ffi_close`, receive));
    }

    /** Whether a call of this context is pending. */
    is_busy(handle) {
        return [...this.pending.values()].some((entry) => entry.handle === handle);
    }

    /** Ends a context, and waits: only where JavaScript ends as well. */
    destroy(handle) {
        this.#symbols.destroy(handle);
    }

    /** Lets no thread of a context call back any more: only where JavaScript ends as well. */
    silence(handle) {
        this.#symbols.poll_fd(handle);
    }

    /** Adds a listener; gives the numbers to remove it by. */
    listen(handle, event, receiver) {
        const number = ++this.#last;
        this.listeners.set(number, receiver);
        const id = this.#symbols.add_event_listener_cbor(handle, event, this.#heard, number);
        if (Number(id) === 0) {
            this.listeners.delete(number);
            throw new CallError(`${this.name}_ffi_add_event_listener_cbor`, ...this.last_error());
        }
        return { id, number };
    }

    /** Removes a listener, which waits for it where it runs: so elsewhere. */
    async unlisten(handle, { id, number }) {
        this.listeners.delete(number);
        await this.held(new Promise((resolve) => this.#symbols.remove_event_listener.async(handle, id, resolve)));
    }

    /** Keeps the process alive until a promise is settled. */
    held(promise) {
        this.#keeper.hold();
        return promise.finally(() => this.#keeper.release());
    }

    /** Why the last call that has no callback failed: the number of its kind, and its text. */
    last_error() {
        const text = this.#symbols.last_error();
        return [koffi.decode(this.#symbols.last_error_at(), Buffer.byteLength(text) + 1, 'uint8_t'), text];
    }

    /** Lets another error take its place: that of a call without a callback. */
    forget_last_error() {
        this.#symbols.call_cbor(0, '', null, 0, null, 0);
    }
}

function warn(source, bytes) {
    process.emitWarning(`${source} is pending for ${text(bytes)} ms`, 'FfiStaleWarning');
}

/** Bytes as text, a mark of the byte order included; what is no UTF-8 is told all the same. */
export function text(bytes) {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
