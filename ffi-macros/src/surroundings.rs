//! Finds out whether a function stands in an `impl` or a trait, of which the compiler tells an attribute macro nothing.
//!
//! - It reads the source up to the attribute, and the definition of the macro that the attribute is handed to.
//! - Where that does not tell, a `Self` in the signature does.
//! - Where nothing tells, it knows of no `impl`: rustc's own messages then remain.

mod blocks;
mod selves;

pub(crate) use selves::name_self;

use blocks::{Block, definition, scan};
use proc_macro2::Span;
use quote::ToTokens;
use selves::mentions_self;
use syn::{FnArg, ItemImpl, Receiver, ReceiverKind, Signature, Type, parse_quote};

/// A block that holds functions which no host can call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Surroundings {
    /// With what stands between its attributes and its `{`.
    Impl(String),
    Trait,
    /// One of the two.
    Either,
}

impl Surroundings {
    /// The innermost block around the attribute that is being expanded, if it is one of these.
    pub(crate) fn of_attribute(sig: &Signature) -> Option<Self> {
        from_source().or_else(|| mentions_self(sig.to_token_stream()).then_some(Self::Either))
    }

    /// What to write instead of a function or an event of this signature there.
    pub(crate) fn advice(&self, sig: &Signature, is_event: bool) -> String {
        let block = match self {
            Self::Impl(_) => "an `impl`",
            Self::Trait => "a trait",
            Self::Either => "an `impl` or a trait",
        };
        let state = match sig.inputs.first() {
            Some(FnArg::Receiver(_)) if is_event => ", without `self`, because an event takes no state",
            Some(FnArg::Receiver(Receiver { kind: ReceiverKind::Reference(..), .. })) => {
                ", and take the state as `state: &State` or `state: &mut State`"
            }
            Some(FnArg::Receiver(_)) => {
                ", and take the state as `state: &State` or `state: &mut State`, or in a destructor as `state: State`"
            }
            Some(FnArg::Typed(_)) | None => "",
        };
        format!(
            "`#[ffi]` goes on a free function, because hosts cannot reach what stands in {block} yet; move `{}` out of \
             it{state}",
            sig.ident
        )
    }

    /// The signature as that of a free function, where it is known what `self` and `Self` are.
    pub(crate) fn freed(&self, sig: &Signature) -> Option<Signature> {
        let Some(owner) = self.owner() else { return (!mentions_self(sig.to_token_stream())).then(|| sig.clone()) };
        let mut free: Signature = syn::parse2(name_self(sig.to_token_stream(), &owner.to_token_stream())).ok()?;
        if let Some(first @ FnArg::Receiver(_)) = free.inputs.first_mut() {
            *first = parse_quote!(__state: #owner);
        }
        Some(free)
    }

    /// The type that an `impl` is for.
    fn owner(&self) -> Option<Type> {
        let Self::Impl(head) = self else { return None };
        let block: ItemImpl = syn::parse_str(&format!("{head}{{}}")).ok()?;
        Some(*block.self_ty)
    }

    /// What a block is, by what begins it.
    fn begun_by(block: &Block<'_>) -> Option<Self> {
        let head = block.head();
        let mut words = head.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let is_modifier = |word: &str| {
            matches!(word, "" | "pub" | "crate" | "super" | "self" | "in" | "unsafe" | "default" | "auto" | "const")
        };
        match words.find(|word| !is_modifier(word)) {
            Some("impl") => Some(Self::Impl(head)),
            Some("trait") => Some(Self::Trait),
            Some(_) | None => None,
        }
    }

    /// What is around a place, which is as many bytes behind the begin of the source.
    fn at(source: &str, place: usize) -> Option<Self> {
        let blocks = scan(source.get(..place)?, |_, _| {});
        let (last, outer) = blocks.split_last()?;
        let head = last.head();
        let Some(name) = called_macro(&head) else { return Self::begun_by(last) };
        Self::made_by(name, source).or_else(|| Self::begun_by(outer.last()?))
    }

    /// What a macro of the source puts around the items that it is given, if it puts all of them into such a block.
    fn made_by(name: &str, source: &str) -> Option<Self> {
        let mut found = Vec::new();
        scan(definition(name, source)?, |blocks, head| {
            let is_item = head.trim().trim_start_matches("$(").is_empty();
            // The definition, the rule, and blocks within it.
            if let [macro_rules, rule, within @ ..] = blocks
                && macro_rules.defines(name)
                && rule.ends_rule()
                && is_item
            {
                found.push(within.last().and_then(Self::begun_by));
            }
        });
        found.into_iter().reduce(|one, other| if one == other { one } else { None })?
    }
}

/// The macro that is called with a block, by what stands before the block.
fn called_macro(head: &str) -> Option<&str> {
    head.strip_suffix('!')?.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next()
}

/// The block around the attribute that is being expanded, as its source has it.
fn from_source() -> Option<Surroundings> {
    if !proc_macro::is_available() {
        return None;
    }
    let place = Span::call_site().unwrap();
    let source = std::fs::read_to_string(place.local_file()?).ok()?;
    Surroundings::at(&source, offset(&source, place.line(), place.column())?)
}

/// How many bytes stand before a line and a column, both of which begin at 1.
fn offset(source: &str, line: usize, column: usize) -> Option<usize> {
    let mut lines = source.split_inclusive('\n');
    let before: usize = lines.by_ref().take(line - 1).map(str::len).sum();
    let within: usize = lines.next()?.chars().take(column - 1).map(char::len_utf8).sum();
    Some(before + within)
}

#[cfg(test)]
mod tests {
    use super::Surroundings::{self, Impl, Trait};
    use quote::ToTokens;

    /// Where `#[ffi]` stands.
    fn at(source: &str) -> Option<Surroundings> {
        Surroundings::at(source, source.find("#[ffi").expect("it is there"))
    }

    fn an_impl(head: &str) -> Option<Surroundings> {
        Some(Impl(head.to_owned()))
    }

    #[test]
    fn the_block_around_is_found() {
        assert_eq!(at("impl C { #[ffi] fn f() {} }"), an_impl("impl C"));
        assert_eq!(at("impl C {\nfn g() {\n}\n#[ffi]"), an_impl("impl C"));
        assert_eq!(
            at("impl<'a, T: X<{ 1 }>> Y for C<'a, T>\nwhere T: Z,\n{\n    fn g() { if a {} }\n\n    #[ffi]"),
            an_impl("impl<'a, T: X<{ 1 }>> Y for C<'a, T>\nwhere T: Z,")
        );
        assert_eq!(
            at("use a;\n#[cfg(all(unix, x = \"{\"))]\npub(crate) unsafe trait T { const A: u8 = 1; #[ffi]"),
            Some(Trait)
        );
        assert_eq!(at("/// A mod.\nunsafe impl A for /* a */ B {\n #[a] #[ffi]"), an_impl("unsafe impl A for  B"));
    }

    #[test]
    fn another_block_is_none_of_these() {
        for source in [
            "#[ffi]",
            "impl C {}\nmod m {\n    #[ffi]",
            "impl C { fn f() { #[ffi]",
            "fn f() -> impl T { #[ffi]",
            "mod implementations { #[ffi]",
            "/// An impl.\nmod m { #[ffi]",
            "// impl C {\n  #[ffi]",
            "/* impl C { /* { */ */ #[ffi]",
            "const A: &str = \"impl C {\\\"\"; #[ffi]",
            "const A: &str = r#\"\" impl C {\"#; #[ffi]",
            "const A: &[u8] = br\"\\\"; const B: char = '{'; const C: char = '\\''; #[ffi]",
            "const A: char = '\\u{7b}'; const B: char = 'é'; #[ffi]",
        ] {
            assert_eq!(at(source), None, "{source}");
        }
    }

    #[test]
    fn a_macro_puts_its_items_into_a_block() {
        let within = "macro_rules! m { ($($t:item)*) => { impl C { $($t)* } }; ($t:tt) => { impl C { $t } } }\n";
        assert_eq!(at(&format!("{within}m! {{ #[ffi]")), an_impl("impl C"));
        assert_eq!(at(&format!("m! {{ #[ffi] }} {within}")), an_impl("impl C"));
        assert_eq!(at("macro_rules! m { ($n:ident) => { impl $n { #[ffi]"), an_impl("impl $n"));
        assert_eq!(at("impl C { unknown! { #[ffi]"), an_impl("impl C"));
    }

    #[test]
    fn a_macro_may_leave_its_items_where_they_are() {
        for rule in [
            "$($t)*",
            "impl C { $($t)* } $($t)*",
            "const _: () = { $($t)* };",
            "impl C { fn f() { $($t)* } }",
            "other! { $($t)* }",
            "impl C { } ",
        ] {
            let source = format!("macro_rules! m {{ ($($t:tt)*) => {{ {rule} }} }}\nm! {{ #[ffi] }}");
            assert_eq!(at(&source), None, "{rule}");
        }
        assert_eq!(at("unknown! { #[ffi]"), None);
    }

    #[test]
    fn a_signature_is_freed_of_its_block() {
        let freed = |head: &str, sig: &str| {
            let sig = syn::parse_str(sig).expect("it is a signature");
            Impl(head.to_owned()).freed(&sig).map(|free| free.to_token_stream().to_string().replace(' ', ""))
        };
        assert_eq!(freed("impl m::C", "fn f() -> Result<Self, E>").as_deref(), Some("fnf()->Result<m::C,E>"));
        assert_eq!(freed("impl T for C", "fn f(self)").as_deref(), Some("fnf(__state:C)"));
        assert_eq!(freed("impl $n", "fn f() -> C").as_deref(), Some("fnf()->C"));
        assert_eq!(freed("impl $n", "fn f() -> Self"), None);
    }
}
