// Hears for a worker of Node what is answered on a thread that nobody can silence.
//
// - A callback of koffi is gone with the worker that registered it, and the library's next call of it ends the process.
//   A context is silenced before that, or its end is waited for. What needs no context is answered whatever its worker
//   does: so the callback belongs to a second worker, inside the first, which does nothing else.
// - The first worker blocks where it ends, until the second has heard all. So its end takes as long as these calls.

import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import koffi from 'koffi';
import { CALLBACK, copied, error_in, RET_STALE_WARN } from './callback.js';

const ROLE = 'ffi-host-courier';

/** Where the answers of calls without a context come in, in a worker. */
export class Courier {
    static #started = null;
    #left = new Int32Array(new SharedArrayBuffer(4));
    #pending = new Map();
    #last = 0;

    /** The one of this worker; nobody is asked for on the main thread, which ends with the process. */
    static started() {
        Courier.#started ??= new Courier().#start();
        return Courier.#started;
    }

    #start() {
        const worker = new Worker(new URL(import.meta.url), {
            workerData: { role: ROLE, left: this.#left },
            execArgv: [],
            name: ROLE,
        });
        process.on('exit', () => this.#await_all());
        return new Promise((resolve, reject) => {
            worker.once('error', reject);
            worker.once('message', (callback) => {
                this.callback = callback;
                worker.on('message', (told) => this.#tell(...told));
                worker.unref();
                resolve(this);
            });
        });
    }

    /** Notes a call that begins; gives its number. */
    expect(receive) {
        Atomics.add(this.#left, 0, 1);
        this.#pending.set(++this.#last, receive);
        return this.#last;
    }

    #tell(number, ret, error, bytes) {
        const receive = this.#pending.get(number);
        if (ret !== RET_STALE_WARN) {
            this.#pending.delete(number);
        }
        receive(ret, error, bytes);
    }

    #await_all() {
        for (let left = Atomics.load(this.#left, 0); left > 0; left = Atomics.load(this.#left, 0)) {
            Atomics.wait(this.#left, 0, left);
        }
    }
}

if (!isMainThread && workerData?.role === ROLE) {
    const { left } = workerData;
    const heard = koffi.register((ret, msg, size, number) => {
        parentPort.postMessage([number, ret, error_in(ret, msg, size), copied(msg, size)]);
        if (ret !== RET_STALE_WARN) {
            Atomics.sub(left, 0, 1);
            Atomics.notify(left, 0);
        }
    }, CALLBACK);
    parentPort.postMessage(koffi.address(heard));
    // It lives for as long as the worker that it is inside of.
    parentPort.on('message', () => {});
}
