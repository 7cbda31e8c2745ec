//! Safe code that says that the future of an inline method may be sent.

#![forbid(unsafe_code)]

use ffi_runtime::__private_0_1_0 as private;

/// An inline method.
pub struct Method<S>(S);

impl<S: private::SharedState> private::Inline for Method<S> {
    type State = S;
    type Args = private::NoArgs<Self>;
    type Return = ();
    const INFO: private::FunctionInfo =
        private::FunctionInfo { name: "f", rust_name: "f", docs: &[], place: ("", 0, 0), is_async: true };

    fn call<'a>(_state: &'a S, _args: Self::Args) -> impl Future<Output = ()>
    where
        'a: 'a,
    {
        async {
            let count = std::rc::Rc::new(1);
            std::future::ready(()).await;
            drop(count);
        }
    }
}

fn main() {}
