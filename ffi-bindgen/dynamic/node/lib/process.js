// The process: it lives for as long as something is awaited, and ends with contexts that are alive.

import { isMainThread } from 'node:worker_threads';

const FOREVER = 2 ** 31 - 1;

/** Keeps the process alive while it is held. */
export class Keeper {
    #held = 0;
    #timer = setInterval(() => {}, FOREVER).unref();

    hold() {
        if (this.#held++ === 0) {
            this.#timer.ref();
        }
    }

    release() {
        if (--this.#held === 0) {
            this.#timer.unref();
        }
    }
}

const alive = new Set();

/** Notes a context that is alive. */
export function is_alive(core) {
    alive.add(core);
}

/** Notes that one has ended. */
export function has_ended(core) {
    alive.delete(core);
}

// JavaScript is gone before the library's threads are: none may call back from here on. Where only a
// worker ends, the process goes on: what is quiet ends then, and the rest stays, silent.
process.on('exit', () => {
    for (const core of alive) {
        core.silence();
    }
    if (!isMainThread) {
        alive.forEach((core) => core.destroy_if_quiet());
    }
});
