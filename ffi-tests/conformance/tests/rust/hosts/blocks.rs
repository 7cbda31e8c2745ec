//! Enums with data: matched, made, nested in themselves, in answers and in events.

use crate::check::{PATIENCE, TRANSPORTS, every, path};
use every::types::{Block, Level, Misprint, Page, Point, Sign, Tree};
use every::{Error, ErrorKind, Every, Failure, Transport};
use std::collections::HashSet;

/// The texts in a block, as its author reads them.
fn texts(block: &Block) -> Vec<&str> {
    match block {
        Block::Paragraph(text) => vec![text],
        Block::Heading { children, .. } => children.iter().flat_map(texts).collect(),
        Block::Quote(block) => texts(block),
        Block::Styled { inner, .. } => inner.as_deref().map(texts).unwrap_or_default(),
        Block::Rule | Block::Measure(..) | Block::Image(_) | Block::Planted(_) | Block::Signed(_) => Vec::new(),
    }
}

fn heading(children: Vec<Block>) -> Block {
    Block::Heading { level_of: 1, in_bold: true, children }
}

/// A block in as many others, each of which is a level.
fn quoted(block: Block, times: usize) -> Block {
    (0..times).fold(block, |block, _| Block::Quote(Box::new(block)))
}

#[test]
fn a_block_is_matched_as_its_author_matches_it() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let inner = Some(Box::new(Block::Paragraph("c".to_owned())));
        let styled = Block::Styled { type_: Level::Next, at: Point::default(), inner };
        let quote = Block::Quote(Box::new(Block::Paragraph("b".to_owned())));
        let block = heading(vec![Block::Paragraph("a".to_owned()), Block::Rule, quote, styled]);
        let given = every.give_block(&block).wait().unwrap();
        assert_eq!(texts(&given), ["a", "b", "c"]);
        assert_eq!(given, block);
        assert_eq!(every.give_option_block(Some(&block)).wait().unwrap(), Some(block.clone()));
        assert_eq!(every.give_option_block(None).wait().unwrap(), None);
        assert_eq!(every.give_box_block(&block).wait().unwrap(), Box::new(block.clone()));
        assert_eq!(every.give_list_block(&[Block::Rule, block.clone()]).wait().unwrap(), [Block::Rule, block]);
        if let Block::Measure(number, Some(unit)) = every.give_block(&Block::Measure(1.5, Some('m'))).wait().unwrap() {
            assert_eq!((number, unit), (1.5, 'm'));
        } else {
            panic!("another block");
        }
    }
}

#[test]
fn a_record_holds_blocks_and_an_enum_without_floats_is_a_key() {
    for transport in TRANSPORTS {
        let (library, every) = every(transport);
        let page = Page {
            title: "A page".to_owned(),
            first: Block::Image(vec![0, 255]),
            others: vec![Block::Planted(Tree { value: 1, children: vec![Tree::default()] }), Block::Rule],
            sign: Some(Sign::Minus { by: i64::MIN }),
        };
        assert_eq!(library.echo_page_here(&page).wait().unwrap(), page);
        assert_eq!(library.sign_between(-2, &Sign::Without, 3).wait().unwrap(), Sign::Between(-2, 3));
        let signs = every.give_list_sign(&[Sign::Plus(1), Sign::Plus(1), Sign::Without]).wait().unwrap();
        assert_eq!(signs.into_iter().collect::<HashSet<_>>(), HashSet::from([Sign::Plus(1), Sign::Without]));
    }
}

#[test]
fn blocks_are_told() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let (mut blocks, mut pages) = (every.block_stream().unwrap(), every.page_stream().unwrap());
        let block = heading(vec![Block::Signed(Sign::Between(1, 2))]);
        every.fire_block(&block).wait().unwrap();
        assert_eq!(blocks.next().wait_for(PATIENCE).unwrap(), Some(block.clone()));
        let page = Page { title: "told".to_owned(), first: block, others: Vec::new(), sign: None };
        every.fire_page(&page, &Sign::Plus(7)).wait().unwrap();
        let told = pages.next().wait_for(PATIENCE).unwrap().unwrap();
        assert_eq!((told.page, told.sign), (page, Sign::Plus(7)));
    }
}

#[test]
fn blocks_nest_as_deep_as_everything_does() {
    // The innermost one is a level as well, whatever it holds.
    let innermost = [Block::Rule, Block::Paragraph("deep".to_owned()), heading(vec![]), Block::Measure(0.5, None)];
    for (transport, block) in TRANSPORTS.into_iter().flat_map(|it| innermost.clone().map(|block| (it, block))) {
        let (_library, every) = every(transport);
        // The list of a heading is one more.
        let above = if matches!(block, Block::Heading { .. }) { 62 } else { 63 };
        let deep = quoted(block, above);
        assert_eq!(every.give_block(&deep).wait().unwrap(), deep);
        let error = every.give_block(&quoted(deep, 1)).wait().unwrap_err();
        assert!(matches!(error, Error::Library { kind: ErrorKind::BadRequest, .. }), "{transport:?}: {error:?}");
    }
}

/// Why a block is not printed, where that is the block's fault.
fn misprint(every: &Every, block: &Block) -> Misprint {
    match every.print(block).wait() {
        Err(Error::Failure { error, .. }) => match *error {
            Failure::Misprint(misprint) => misprint,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_error_is_matched_as_its_author_matches_it() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        assert_eq!(every.print(&Block::Paragraph("7".to_owned())).wait().unwrap(), 7);
        let wide = heading(vec![Block::Rule]);
        let error = every.print(&wide).wait().unwrap_err();
        assert_eq!((error.to_string(), error.kind()), ("wider than 80".to_owned(), Some(ErrorKind::Author)));
        let Error::Failure { error, .. } = error else { panic!("{error:?}") };
        if let Failure::Misprint(Misprint::TooLarge { limit, block }) = *error {
            assert_eq!((limit, block), (80, wide));
        } else {
            panic!("{error:?}");
        }
        assert_eq!(misprint(&every, &Block::Rule), Misprint::NoPaper);
        let signed = Block::Signed(Sign::Plus(1));
        assert_eq!(misprint(&every, &signed), Misprint::Jammed(7, Some(Sign::Plus(1))));
        assert_eq!(misprint(&every, &Block::Planted(Tree::default())), Misprint::Jammed(8, None));
        let unread = Misprint::Unreadable("invalid float literal".to_owned());
        assert_eq!(misprint(&every, &Block::Paragraph("x".to_owned())), unread);
        let lost = Misprint::Lost { place: "the drawer".to_owned(), cause: "moved".to_owned() };
        assert_eq!(misprint(&every, &Block::Image(Vec::new())), lost);
    }
}
