// What calls cost a program in Node, in nanoseconds: the median of many batches of each.
//
//     node speed.js FOLDER

import { join } from 'node:path';
import { load } from 'ffi-host';
import koffi from 'koffi';

const [BATCHES, IN_FLIGHT] = [31, 1000];
const ENDING = process.platform === 'darwin' ? '.dylib' : '.so';
const TEXT = 'a text of 20 bytes..';
const file = (name) => join(process.argv[2], `lib${name}${ENDING}`);

const add = koffi.load(file('add')).func('int32_t add(int32_t a, int32_t b)');
const library = load(file('benched'), { name: 'benched' });
const context = await library.create();
const record = {
    name: 'a record of messages',
    messages: Array.from({ length: 10 }, (_, n) => ({ text: `message number ${n}`, delayMs: n * 40 })),
    tags: ['urgent', 'internal'],
    note: 'to be read at once',
    retries: 3,
};

async function measure(what, times, each, batch) {
    const costs = [];
    for (let round = 0; round < BATCHES; round++) {
        const begun = process.hrtime.bigint();
        await batch(times);
        costs.push(Number(process.hrtime.bigint() - begun) / (times * each));
    }
    costs.sort((a, b) => a - b);
    console.log(`${what}\t${costs[BATCHES >> 1].toFixed(1)}`);
}

function here(call) {
    return (times) => {
        for (let n = 0; n < times; n++) {
            call(n);
        }
    };
}

let sum = 0;
await measure('add', 100_000, 1, here((n) => (sum = add(sum & 0xffff, n))));
await measure('echo here', 5_000, 1, here(() => library.echo_text(TEXT)));
await measure('echo', 200, 1, async (times) => {
    for (let n = 0; n < times; n++) {
        await context.give_text(TEXT);
    }
});
await measure('echo pipelined', 1, IN_FLIGHT, () => Promise.all(Array.from({ length: IN_FLIGHT }, () => context.give_text(TEXT))));
await measure('record', 500, 1, here(() => library.echo_record(record)));
await context.close();
