// A worker of Node with contexts of its own, which ends as it is told.

import { parentPort, workerData } from 'node:worker_threads';
import { setTimeout as sleep } from 'node:timers/promises';
import { create, every } from './setup.js';

if (workerData.startsWith('pending')) {
    await leave_pending(...workerData.split(' ').slice(1));
}

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

// Ends, as it is told, while answers are to come that nobody waits for.
async function leave_pending(what, way) {
    const context = await create();
    await every.thread_detached(0);
    const pending = [];
    if (what !== 'close') {
        pending.push(...Array.from({ length: 20 }, () => every.thread_detached(300)), every.panic_detached('no'));
    }
    if (what !== 'stateless') {
        pending.push(...Array.from({ length: 20 }, () => context.sleep(300)), context.close());
    }
    pending.forEach((answer) => answer.catch(() => {}));
    await sleep(50);
    parentPort.postMessage('ready');
    if (way === 'throws') {
        throw new Error('a fault of the worker');
    }
    if (way === 'exits') {
        process.exit(0);
    }
    await Promise.allSettled(pending);
    process.exit(pending.length);
}

function busy(context) {
    context.events.listen(() => {});
    context.fire_numbers_slowly(0, 1_000_000, 0).catch(() => {});
    return Array.from({ length: 3000 }, (_, n) => context.storm_later(n, 'Answers').catch(() => {}));
}
