// Calls in great numbers, their errors, and what becomes of them when they are given up.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CallError } from 'ffi-host';
import { create, every } from './setup.js';

test('thousands at once in several contexts', async () => {
    const contexts = await Promise.all([1, 2, 3, 4].map(() => create()));
    const fates = ['Answers', 'Fails', 'Panics'];
    const calls = Array.from({ length: 24_000 }, (_, n) => contexts[n % 4].storm_later(n, fates[n % 3]));
    (await Promise.allSettled(calls)).forEach(({ value, reason }, n) => {
        const expected = [BigInt(n), `${n} fails`, `every_storm_later panicked: ${n} panics`][n % 3];
        assert.equal(value ?? reason.message.replace(/ \(ffi-tests\/src\/storm\.rs:\d+:\d+\)$/, ''), expected);
    });
    await Promise.all(contexts.map((context) => context.close()));
});

test('more contexts than koffi lets call back at once by itself', async () => {
    const contexts = await Promise.all(Array.from({ length: 400 }, () => create()));
    const calls = contexts.flatMap((context) => [context.give_i64(1), context.sleep(1), context.give_i64(2)]);
    // Every worker has an answer before JavaScript looks at the first.
    const until = performance.now() + 300;
    while (performance.now() < until);
    assert.equal((await Promise.all(calls)).length, 1200);
    await Promise.all(contexts.map((context) => context.close()));
});

test('what needs no context', async () => {
    assert.equal(await every.thread_detached(1), 'every-worker');
    assert.notEqual(every.thread_here(), 'every-worker');
    assert.throws(() => every.fail_here('no'), (error) => error instanceof CallError && error.message === 'no');
});

test('an error is its author\'s whatever it says', async () => {
    const context = await create();
    const said = ['cancelled', 'deadline exceeded', 'every_fail panicked: boom', 'a\0\x03', 'events_dropped: 3 events were dropped before this'];
    for (const message of said) {
        const told = { name: 'CallError', message, kind: 'author' };
        await assert.rejects(context.fail(message), { ...told, function: 'every_fail' });
        await assert.rejects(create({ failure: message }), { ...told, function: 'every_create' });
        assert.throws(() => every.fail_here(message), { ...told, function: 'every_fail_here' });
    }
    await context.close();
});

test('the library\'s own errors are told by their kinds', async () => {
    const context = await create();
    const rejects = (call, kind) => assert.rejects(call, { name: 'CallError', kind });
    await rejects(context.panic('cancelled'), 'panicked');
    await rejects(context.give_string('x'.repeat(5 << 20)), 'bad_request');
    await rejects(context.log_lightly('late', 60_000), 'deadline_exceeded');
    assert.throws(() => every.divide(1, 0), { name: 'CallError', kind: 'panicked' });
    const is_cancelled = rejects(context.sleep_lightly(60_000), 'cancelled');
    await context.close();
    await is_cancelled;
    const broken = await create();
    await rejects(broken.panic_exclusive(), 'panicked');
    await rejects(broken.name(), 'poisoned');
    await broken.close();
});

test('an error holds what its author gave it', async () => {
    const context = await create();
    const error = { lookedFor: 'a\0b', beside: [{ x: 1.5, y: -2 }], level: 'Next', cause: 'invalid float literal' };
    const told = (message, type, error) => ({ name: 'FailureError', kind: 'author', message, type, error });
    await assert.rejects(context.find('a\0b'), told('there is no a\0b', 'Missing', error));
    await assert.rejects(context.trouble_later('Busy'), told('busy: come back later', 'Trouble', 'Busy'));
    await assert.rejects(context.trouble_later('gone'), told('cancelled', 'Trouble', 'gone'));
    await assert.rejects(every.store_detached('123456'), told('it is broken', 'Storage', 'Broken'));
    assert.throws(() => every.store_here('12345'), told('only 4 bytes are left', 'Storage', 'Full'));
    assert.deepEqual(await context.find('2.5'), { x: 2.5, y: null });
    await context.trouble_later(null);
    await assert.rejects(context.fail_typed_unspeakably(), { name: 'CallError', kind: 'panicked' });
    assert(context.find.help.includes('Fails with: Missing'));
    await context.close();
});

test('errors of exports are told once', () => {
    for (let round = 0; round < 2; round++) {
        assert.throws(() => every.divide(1, 0), /^CallError: every_divide panicked: attempt to divide by zero \(ffi-tests\/src\/here\.rs:\d+:\d+\)$/);
        assert.equal(every.divide(0, 1), 0);
    }
});

test('a deadline', async () => {
    const context = await create();
    await assert.rejects(context.log_lightly('late', 60_000), { message: 'deadline exceeded' });
    await context.close();
});

test('giving up what waits for its turn', async () => {
    const context = await create();
    const blocks = context.block(200);
    const given_up = new AbortController();
    const adds = context.add(1, { signal: given_up.signal });
    given_up.abort();
    await assert.rejects(adds, { name: 'AbortError' });
    await blocks;
    assert.equal(await context.add(0), 0n, 'it never ran');
    await assert.rejects(context.add(1, { signal: given_up.signal }), { name: 'AbortError' });
    assert.equal(await context.add(0), 0n, 'it was not even called');
    await context.close();
});

test('one signal gives up any number of calls, and keeps none that is over', async () => {
    const context = await create();
    const warnings = [];
    process.on('warning', (warning) => warnings.push(warning.name));
    const given_up = new AbortController();
    const { signal } = given_up;
    const calls = () => Array.from({ length: 200 }, () => context.sleep_lightly(1, { signal }));
    assert.equal((await Promise.all(calls())).length, 200);
    assert.equal(getEventListeners(signal, 'abort').length, 0, 'nothing is left of calls that are over');
    await assert.rejects(context.fail('no', { signal }), { message: 'no' });
    await assert.rejects(context.give_i8('x', { signal }), { name: 'ArgumentError' });
    assert.equal(getEventListeners(signal, 'abort').length, 0);

    const waiting = Array.from({ length: 200 }, () => context.sleep_lightly(600_000, { signal }));
    const answered = context.give_i64(1, { signal });
    assert.equal(await answered, 1n);
    assert.equal(getEventListeners(signal, 'abort').length, 1);
    given_up.abort(new Error('enough'));
    for (const call of await Promise.allSettled(waiting)) {
        assert.equal(call.reason.message, 'enough');
    }
    assert.equal(getEventListeners(signal, 'abort').length, 0);
    const closed = context.close();
    await assert.rejects(context.give_i64(1, { signal: new AbortController().signal }), { name: 'ClosedError' });
    await closed;
    assert.deepEqual(warnings, []);
});

test('memory does not grow with the calls of a signal', async () => {
    const context = await create();
    const { signal } = new AbortController();
    const some = async (count) => {
        for (let round = 0; round < count; round++) {
            await context.give_bytes(new Uint8Array(1 << 16), { signal });
        }
    };
    // What nobody holds is collected in its time, what somebody holds in none.
    const settled = async (limit) => {
        let used = Infinity;
        for (let tries = 0; tries < 100 && used > limit; tries++) {
            globalThis.gc();
            await sleep(10);
            used = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
        }
        return used;
    };
    await some(100);
    const limit = (await settled(0)) + (16 << 20);
    await some(1000);
    assert((await settled(limit)) <= limit);
    await context.close();
});

test('giving up what runs', async () => {
    const context = await create();
    await assert.rejects(context.sleep_lightly_alone(600_000, { signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' });
    assert.equal(await context.add(1), 1n, 'it no longer runs');
    await context.close();
});
