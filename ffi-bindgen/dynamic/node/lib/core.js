// The life of a context: it is live, closes, and has ended.

import { ClosedError } from './errors.js';
import { has_ended, is_alive } from './process.js';

/** A context's handle, listeners and end. */
export class Core {
    #handle;
    #closes = null;
    #at_end = new Set();

    constructor(native, handle) {
        this.native = native;
        this.#handle = handle;
        is_alive(this);
    }

    get is_closing() {
        return this.#closes !== null;
    }

    /** The handle, unless the context was closed. */
    handle() {
        if (this.is_closing) {
            throw new ClosedError(`${this.native.name}: the context is closed`);
        }
        return this.#handle;
    }

    /** Asks that a call be cancelled. */
    give_up(number) {
        if (!this.is_closing) {
            this.native.cancel(this.#handle, number);
        }
    }

    /** Adds a receiver of events, whose `end` is called at the context's; gives what removes it. */
    listen(event, receiver) {
        const numbers = this.native.listen(this.handle(), event, receiver);
        const end = () => {
            this.native.listeners.delete(numbers.number);
            receiver.end();
        };
        this.#at_end.add(end);
        return async () => {
            const is_there = this.#at_end.delete(end);
            if (is_there && !this.is_closing) {
                await this.native.unlisten(this.#handle, numbers);
            } else {
                this.native.listeners.delete(numbers.number);
            }
        };
    }

    /** Ends the context: a promise of the end, the same for all who ask. */
    close() {
        this.#closes ??= this.native.held(
            new Promise((resolve) => {
                this.native.close(this.#handle, resolve);
            }).then(() => {
                this.gone();
                this.#at_end.forEach((end) => end());
                this.#at_end.clear();
            }),
        );
        return this.#closes;
    }

    /** Notes that it has ended. */
    gone() {
        has_ended(this);
    }

    /** Lets no thread of it call back any more. */
    silence() {
        this.native.silence(this.#handle);
    }

    /** Ends it, and waits, unless it has something to tell, which would wait for JavaScript in turn. */
    destroy_if_quiet() {
        if (!this.is_closing && this.#at_end.size === 0 && !this.native.is_busy(this.#handle)) {
            this.native.destroy(this.#handle);
        }
    }
}
