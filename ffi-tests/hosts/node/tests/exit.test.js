// The end of the process: it comes with contexts that are alive, and not before an answer.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const PRELUDE = `
import { Worker, isMainThread } from 'node:worker_threads';
import { create, every } from ${JSON.stringify(new URL('./setup.js', import.meta.url).href)};
`;

const BUSY = `
const contexts = await Promise.all([1, 2, 3, 4].map(() => create()));
for (const context of contexts) {
    context.events.listen(() => {});
    context.fire_numbers_slowly(0, 1_000_000, 0).catch(() => {});
    for (let n = 0; n < 2000; n++) context.storm_later(n, 'Answers').catch(() => {});
}
await contexts[0].give_i64(1);
`;

const ENDS = {
    'an idle context': [`await create();`, ''],
    'an idle context with a listener': [`(await create()).events.listen(() => {});`, ''],
    'a call in flight is answered': [`const c = await create(); c.sleep(300).then(() => console.log('answered'));`, 'answered\n'],
    'a call without a state too': [`every.thread_detached(300).then(console.log);`, 'every-worker\n'],
    'an event that is awaited': [
        `const c = await create(); c.events.stream().next().then(({ value }) => console.log(value.name));
        setTimeout(() => c.fire_nothing(), 300).unref(); await c.sleep(400);`,
        'on_nothing\n',
    ],
    'process.exit in the midst of it': [`${BUSY} process.exit(0);`, ''],
    'an uncaught error': [`(await create()).events.on_nothing.listen(() => { console.log('thrown'); process.exit(0); });
        const c = await create(); c.events.on_nothing.listen(() => { throw new Error('of a listener'); });
        process.on('uncaughtException', (error) => { console.log(error.message); process.exit(0); });
        await c.fire_nothing(); await c.sleep(60_000);`, 'of a listener\n'],
};

function ended(script) {
    const args = ['--input-type=module', '--eval', PRELUDE + script];
    const cwd = fileURLToPath(new URL('..', import.meta.url));
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', timeout: 60_000 });
    return { status, signal, stdout, stderr };
}

for (const [name, [script, stdout]] of Object.entries(ENDS)) {
    test(name, () => {
        for (let round = 0; round < (script.includes('process.exit(0);') ? 5 : 1); round++) {
            assert.deepEqual(ended(script), { status: 0, signal: null, stdout, stderr: '' });
        }
    });
}
