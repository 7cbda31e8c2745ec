// Enums with data: objects whose `type` names the variant.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArgumentError, CallError } from 'ffi-host';
import { create, every } from './setup.js';

const quoted = (levels, block) => Array(levels).fill('Quote').reduce((value, type) => ({ type, value }), block);

/** What a block says, as who uses the package would write it. */
function said(block) {
    switch (block.type) {
        case 'Rule':
            return '---';
        case 'Paragraph':
            return block.value;
        case 'Measure':
            return block.values.filter((value) => value !== null).join(' ');
        case 'Heading':
            return ['#'.repeat(block.levelOf), ...block.children.map(said)].join(' ');
        case 'Quote':
            return `> ${said(block.value)}`;
        case 'Styled':
            return `${block.type_} at ${block.at.x}: ${block.inner === null ? 'nothing' : said(block.inner)}`;
        case 'image':
            return `${block.value.length} bytes`;
    }
    return block.type;
}

test('each variant', async () => {
    const context = await create();
    const blocks = [
        [{ type: 'Rule' }, '---'],
        [{ type: 'Paragraph', value: 'hi' }, 'hi'],
        [{ type: 'Measure', values: [1.5, 'm'] }, '1.5 m'],
        [{ type: 'Measure', values: [2, null] }, '2'],
        [{ type: 'Heading', levelOf: 2, inBold: true, children: [{ type: 'Rule' }, { type: 'Paragraph', value: 'x' }] }, '## --- x'],
        [quoted(2, { type: 'Rule' }), '> > ---'],
        [{ type: 'Styled', type_: 'top', at: { x: 1, y: null }, inner: { type: 'Rule' } }, 'top at 1: ---'],
        [{ type: 'image', value: new Uint8Array([1, 2, 3]) }, '3 bytes'],
        [{ type: 'Planted', value: { value: 1, children: [] } }, 'Planted'],
        [{ type: 'Signed', value: { type: 'Minus', by: 5n } }, 'Signed'],
    ];
    for (const [block, text] of blocks) {
        const given = await context.give_block(block);
        assert.deepEqual(given, block);
        assert.equal(said(given), text);
    }
    const page = { title: 'A page', first: blocks[4][0], others: blocks.map(([block]) => block), sign: { type: 'Between', values: [1, 2] } };
    assert.deepEqual(every.echo_page_here(page), page);
    const stream = context.events.on_page.stream();
    await context.fire_page(page, { type: 'Plus', value: 3 });
    assert.deepEqual((await stream.next()).value.payload, { page, sign: { type: 'Plus', value: 3 } });
    await context.close();
});

test('what fits in more than one form', async () => {
    const context = await create();
    assert.deepEqual(await context.give_block('Rule'), { type: 'Rule' });
    assert.deepEqual(await context.give_list_sign(['Without', { type: 'Without' }]), [{ type: 'Without' }, { type: 'Without' }]);
    const styled = { type: 'Styled', type_: 'Next', at: { x: 1 } };
    assert.deepEqual(await context.give_block(styled), { ...styled, at: { x: 1, y: null }, inner: null });
    assert.equal(await context.give_option_block(), null);
    await context.close();
});

const FAULTS = [
    ['Nope', "value: 'Nope' is no Block; there are Heading, Measure, Paragraph, Planted, Quote, Rule, Signed, Styled, image"],
    [{ type: 'nope' }, "value: 'nope' is no Block; there are "],
    [{ type: 1 }, 'value: a number is no Block; there are '],
    [{}, 'value.type: is missing'],
    [null, 'value: expected an object with a type, found null'],
    [['Rule'], 'value: expected an object with a type, found an array'],
    ['Paragraph', 'value.Paragraph.value: is missing'],
    [{ type: 'Rule', x: 1 }, 'value.Rule.x: is not known; known are type'],
    [{ type: 'Paragraph', value: 1 }, 'value.Paragraph: expected a text, found a number'],
    [{ type: 'Paragraph', text: 'x' }, 'value.Paragraph.text: is not known; known are type, value'],
    [{ type: 'Measure', value: 1 }, 'value.Measure.value: is not known; known are type, values'],
    [{ type: 'Measure', values: 1 }, 'value.Measure: expected an array, found a number'],
    [{ type: 'Measure', values: [1] }, 'value.Measure: expected an array of 2, found one of 1'],
    [{ type: 'Measure', values: [1, 'm', 2] }, 'value.Measure: expected an array of 2, found one of 3'],
    [{ type: 'Measure', values: [1, 2] }, 'value.Measure.1: expected a text, found a number'],
    [{ type: 'Heading', levelOf: 256 }, 'value.Heading.levelOf: 256 is out of range, 0 to 255'],
    [{ type: 'Heading', levelOf: 1 }, 'value.Heading.inBold: is missing'],
    [{ type: 'Heading', level_of: 1 }, 'value.Heading.level_of: is not known; known are type, levelOf, inBold, children'],
    [{ type: 'Heading', levelOf: 1, inBold: true, children: ['Rule', 1] }, 'value.Heading.children[1]: expected an object with a type'],
    [{ type: 'Styled', type_: 'x' }, "value.Styled.type_: 'x' is no Level"],
    [quoted(2, { type: 'Signed', value: { type: 'Between', values: [0, 40_000] } }), 'value.Quote.Quote.Signed.Between.1: 40000 is out of range'],
];

test('what does not fit', async () => {
    const context = await create();
    for (const [block, text] of FAULTS) {
        await assert.rejects(context.give_block(block), (error) => {
            assert(error instanceof ArgumentError, error);
            assert(error.message.startsWith(`every_give_block: ${text}`), error.message);
            return true;
        });
    }
    await assert.rejects(context.give_block(quoted(50_000, 'Rule')), { message: 'every_give_block: an argument is nested too deeply' });
    assert.deepEqual(await context.give_block(quoted(63, 'Rule')), quoted(63, { type: 'Rule' }));
    await assert.rejects(context.give_block(quoted(64, 'Rule')), CallError);
    await context.close();
});

test('an error that is one', async () => {
    const context = await create();
    const told = (message, error) => ({ name: 'FailureError', kind: 'author', type: 'Misprint', message, error });
    const quote = quoted(1, { type: 'Rule' });
    await assert.rejects(context.print('Rule'), told('there is no paper', { type: 'NoPaper' }));
    await assert.rejects(context.print(quote), told('wider than 80', { type: 'TooLarge', limit: 80, block: quote }));
    const sign = { type: 'Plus', value: 1 };
    await assert.rejects(context.print({ type: 'Signed', value: sign }), told('jammed at 7', { type: 'Jammed', values: [7, sign] }));
    const cause = { type: 'Unreadable', value: 'invalid float literal' };
    await assert.rejects(context.print({ type: 'Paragraph', value: 'x' }), told('a number cannot be read', cause));
    const lost = { type: 'Lost', place: 'the drawer', cause: 'moved' };
    await assert.rejects(context.print({ type: 'image', value: new Uint8Array() }), told('the drawer is lost', lost));
    assert.equal(await context.print({ type: 'Paragraph', value: '12.5' }), 12);
    await context.close();
});

test('help shows the variants', async () => {
    const context = await create();
    const { help } = context.print;
    for (const line of [
        '\nFails with: Misprint\n',
        '\nBlock, one of these objects:\n',
        "\n    { type: 'Rule' }  // A line from side to side.\n",
        "\n    { type: 'Paragraph', value: string }  // A text alone.\n",
        "\n    { type: 'Measure', values: [number, string | null] }  // ",
        "\n    { type: 'Heading', levelOf: number, inBold: boolean, children: Block[] }  // ",
        '\n        levelOf: number  // How deep it is.\n',
        "\n    { type: 'Styled', type_: Level, at: Point, inner?: Block | null }  // A block in a style.\n",
        '\nSign, one of these objects:\n',
        '\nMisprint, one of these objects:\n',
    ]) {
        assert(help.includes(line), `${line}\n${help}`);
    }
    await context.close();
});
