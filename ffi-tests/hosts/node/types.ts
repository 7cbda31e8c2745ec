// What the declarations allow, and what they do not; nothing here runs.

import { CallError, type Context, type Duration, type Entries, type Event, load, type Members, type Variant } from 'ffi-host';

const library = load('libmy_timer.so', { name: 'my_timer' });
const context: Context = await library.create({ name: 'kitchen' }, { signal: AbortSignal.timeout(10) });
const answer: { echoed: string } = await context.echo({ message: 'hi', delayMs: 10n });
const named: unknown = await context.function('my_timer_echo').named({ req: answer });
const loud: boolean = library.is_loud('A');
for await (const event of context.events.on_echo_fired.stream()) {
    const told: Event = event;
    console.log(told.name, told.payload, named, loud);
}
const blocks: Variant[] = [{ type: 'Rule' }, { type: 'Paragraph', value: 'hi' }, { type: 'Heading', levelOf: 1, inBold: true }];
console.log(blocks.map(({ type, value }) => [type, value]));
const scores: Entries<string, number>[] = [new Map([['a', 1]]), [['a', 1]]];
const colours: Members<Uint8Array>[] = [new Set([new Uint8Array(3)]), [new Uint8Array(3)]];
const timeout: Duration = 1500.25;
await context.store(scores, colours, timeout, new Date());
const listener = context.events.listen(({ payload }) => console.log(payload));
await listener.remove();
await context.close();
console.log(new CallError('text').function, context.isClosed, context.help, library.schema.version);

// @ts-expect-error A path is due.
load();
// @ts-expect-error A listener is a function.
context.events.listen(1);
// @ts-expect-error An entry has a value.
scores.push([['a']]);
// @ts-expect-error A variant has a type.
blocks.push({ value: 'hi' });
