// Workers of Node, each with contexts of its own beside those of the main thread.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { create, every, until } from './setup.js';

// The library's threads of its contexts; the one that watches all of them comes later.
function threads() {
    const names = readdirSync('/proc/self/task').map((task) => readFileSync(`/proc/self/task/${task}/comm`, 'utf8'));
    return names.filter((name) => /^every-(worker|events)/.test(name)).length;
}

async function workers(way) {
    const all = Array.from({ length: 3 }, () => new Worker(new URL('./worker.js', import.meta.url), { workerData: way }));
    const ends = await Promise.all(all.map((worker) => Promise.all([once(worker, 'message'), once(worker, 'exit')])));
    assert.deepEqual(ends, Array(3).fill([['ready'], [0]]));
}

for (const what of ['stateless', 'close', 'both']) {
    for (const [way, code] of [['exits', 0], ['throws', 1], ['waits', { stateless: 21, close: 21, both: 42 }[what]]]) {
        test(`a worker that ${way} with what is pending: ${what}`, async () => {
            const mine = await create();
            const calls = Array.from({ length: 20 }, () => mine.sleep(400));
            const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: `pending ${what} ${way}` });
            const errors = [];
            worker.on('error', (error) => errors.push(error.message));
            assert.equal(await new Promise((resolve) => worker.on('exit', resolve)), code);
            assert.deepEqual(errors, way === 'throws' ? ['a fault of the worker'] : []);
            await Promise.all(calls);
            assert.equal(await every.thread_detached(400), 'every-worker');
            await mine.close();
        });
    }
}

test('a copy of a context is no context', async () => {
    const mine = await create();
    const worker = new Worker('require("node:worker_threads").parentPort.once("message", () => process.exit(0))', { eval: true });
    for (const it of [mine, mine.events, mine.events.stream()]) {
        for (const send of [structuredClone, (value) => worker.postMessage(value)]) {
            try {
                send(it);
            } catch (error) {
                assert.equal(error.name, 'DataCloneError');
            }
        }
    }
    await once(worker, 'exit');
    globalThis.gc();
    assert.equal(await mine.give_i64(1), 1n);
    await mine.close();
});

for (const [way, leaves] of [['close', false], ['quiet', false], ['exit', true]]) {
    test(`workers that end: ${way}`, async () => {
        const mine = await create();
        // The worker that no context has stays for a moment after its last call.
        await until(() => threads() === 1);
        const calls = Array.from({ length: 2000 }, (_, n) => mine.give_i64(n));
        await workers(way);
        assert.equal((await Promise.all(calls)).length, 2000);
        assert.equal(await mine.give_i64(1), 1n);
        await until(() => leaves || threads() === 1);
        await mine.close();
    });
}
