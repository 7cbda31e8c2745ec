// How contexts begin and end, and that nothing is left of them.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { ClosedError } from 'ffi-host';
import { create, until } from './setup.js';

const threads = () => readdirSync('/proc/self/task').length;
const descriptors = () => readdirSync('/proc/self/fd').length;

test('a constructor that fails', async () => {
    await assert.rejects(create({ failure: 'told to' }), { name: 'CallError', message: 'told to' });
    await assert.rejects(create({ failure: 'panic' }), /every_create panicked: the constructor was told to panic \(ffi-tests\/src\/lib\.rs:\d+:\d+\)/);
});

test('a constructor that is given up', async () => {
    await create().then((context) => context.close());
    const before = threads();
    await assert.rejects(create({ delay_ms: 600_000 }, { signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' });
    await until(() => threads() <= before);
});

test('closing answers what was accepted and refuses the rest', async () => {
    const context = await create();
    const calls = Array.from({ length: 1000 }, (_, n) => context.give_i64(n));
    const forever = assert.rejects(context.wait_forever(), { message: 'cancelled' });
    await Promise.all([context.close(), context.close()]);
    assert.deepEqual(await Promise.all(calls), Array.from({ length: 1000 }, (_, n) => BigInt(n)));
    await forever;
    await assert.rejects(context.give_i64(1), (error) => error instanceof ClosedError);
    await assert.rejects(context.give_i64(1), { message: 'every: the context is closed' });
    await context.close();
});

test('a forgotten context is closed', async () => {
    const before = threads();
    const warned = new Promise((resolve) => process.once('warning', resolve));
    await create().then((context) => context.give_i64(1));
    await until(() => (globalThis.gc(), threads() <= before));
    assert.equal((await warned).message, 'a context of every was never closed');
});

test('nothing is left', async () => {
    await some(100);
    globalThis.gc();
    const before = { threads: threads(), descriptors: descriptors(), memory: process.memoryUsage.rss() };
    await some(400);
    globalThis.gc();
    await until(() => threads() <= before.threads && descriptors() <= before.descriptors);
    assert(process.memoryUsage.rss() - before.memory < 32 << 20, 'memory');
});

async function some(contexts) {
    for (let round = 0; round < contexts; round++) {
        const context = await create({ name: 'leaks' });
        const stream = context.events.on_number.stream();
        context.events.listen(() => {});
        await context.fire_numbers(0, 20);
        await stream.next();
        await Promise.all(Array.from({ length: 20 }, () => context.give_bytes(new Uint8Array(1000))));
        await assert.rejects(context.fail('x'));
        await context.close();
    }
}
