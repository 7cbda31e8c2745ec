// Properties, completion, signatures and documentation, all from the schema.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { create, echo, every, timer } from './setup.js';

function offered(thing) {
    const found = [];
    for (const name in thing) {
        found.push(name);
    }
    return found.sort();
}

test('completion', async () => {
    const context = await timer.create({ name: 'surface' });
    assert.deepEqual(offered(timer), ['create']);
    assert.deepEqual(offered(echo), ['create', 'is_loud', 'upper']);
    assert.deepEqual(offered(context), ['complex', 'echo', 'schedule', 'version']);
    assert.deepEqual(offered(context.events), ['events_dropped', 'not_responding', 'on_echo_fired', 'responding']);
    await context.close();
});

test('help', async () => {
    const context = await create();
    assert.match(timer.help, /^A timer that echoes messages[^]*\ncreate\(config: TimerConfig\): Promise<my_timer_context>$/);
    assert.match(every.help, /divide\(number: number, by: number\): number/);
    assert.match(context.help, /give_list_option\(value: \(Point \| null\)\[\]\): Promise<\(Point \| null\)\[\]>/);
    assert.equal(context.give_option_i64.signature, 'give_option_i64(value?: bigint | null): Promise<bigint | null>');
    assert.match(context.give_level.help, /^Level, one of these texts:\n[^]* {4}'top' {2}\/\/ The greatest value, under another/m);
    assert.match(context.give_point.help, /^Gives back its parameter\.$/m);
    assert.match(context.events.on_several.help, /^on_several: OnSeveral\n\nSeveral values at once\./);
    assert.equal(context.events.help, 'Every event of the context.');
    assert.equal(context.many.length, 12);
    assert.equal(context.many.name, 'many');
    await context.close();
});

test('inspection', async () => {
    const context = await timer.create({ name: 'surface' });
    assert.match(inspect(timer), /^\[library my_timer [\d.]+ from .*libmy_timer.*\]$/);
    assert.match(inspect(context), /^\[live context of my_timer [\d.]+\]$/);
    assert.equal(inspect(context.echo), '[my_timer_echo: echo(req: EchoRequest): Promise<EchoResponse>]');
    assert.match(inspect(context.events.on_echo_fired), /^\[event on_echo_fired of \[live context/);
    await context.close();
    assert.match(inspect(context), /^\[closed/);
    assert(context.isClosed);
});

test('a function by its symbol, whatever its property is', async () => {
    const context = await timer.create({ name: 'surface' });
    assert.match(await context.function('my_timer_version')(), /^my_timer v/);
    assert.match(await context.function('version')(), /^my_timer v/);
    assert.throws(() => context.function('nope'), /my_timer has no function nope; there are echo, version/);
    assert.equal(context.then, undefined);
    await context.close();
});
