// A worker of Node with contexts of its own, which ends as it is told.

import { parentPort, workerData } from 'node:worker_threads';
import { create } from './setup.js';

const contexts = await Promise.all([1, 2].map(() => create()));
if (workerData !== 'quiet') {
    const calls = contexts.map(busy);
    await calls[0][100];
    if (workerData === 'close') {
        await Promise.all(contexts.map((context) => context.close()));
        await Promise.allSettled(calls.flat());
    }
}
parentPort.postMessage('ready');
if (workerData !== 'close') {
    process.exit(0);
}

function busy(context) {
    context.events.listen(() => {});
    context.fire_numbers_slowly(0, 1_000_000, 0).catch(() => {});
    return Array.from({ length: 3000 }, (_, n) => context.storm_later(n, 'Answers').catch(() => {}));
}
