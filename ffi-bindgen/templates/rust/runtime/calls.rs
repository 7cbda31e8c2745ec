//! How a function is called: what the methods of a library's bindings are written in.

/// Calls a method, which answers the one and fails with the other.
macro_rules! call {
    ($self:ident.$entry:ident: $name:literal($($arg:ident: $ty:ty => $key:literal),* $(,)?) -> $result:ty, $failure:ty) => {{
        let session = &$self.session;
        let (api, handle) = (session.api(), session.handle());
        let cancel = Some((api.symbols.own.cancel, handle));
        match api.transport {
            $crate::runtime::api::Transport::Native => {
                lend!($crate::runtime::call::Call::refused, api, $name $(, $arg: $ty => $key)*);
                $crate::runtime::call::native::<$result, $failure>(api, $name, cancel, |callback, user_data| {
                    // SAFETY: the arguments are forms of this signature, and stay until it returns; the
                    // callback takes its answer, and `user_data` waits for it.
                    unsafe { (api.symbols.functions.$entry.native)(handle.raw(), callback, user_data $(, $arg)*) };
                })
            }
            #[cfg(feature = "cbor")]
            $crate::runtime::api::Transport::Cbor => {
                let request = request!($crate::runtime::call::Call::refused, api, $name $(, $arg: $ty => $key)*);
                $crate::runtime::call::wire::<$result, $failure>(api, $name, cancel, |callback, user_data| {
                    let (bytes, len) = (request.as_ptr(), request.len());
                    // SAFETY: the bytes stay until it returns; the callback takes its answer, and
                    // `user_data` waits for it.
                    unsafe { (api.symbols.functions.$entry.wire)(handle.raw(), callback, user_data, bytes, len) };
                })
            }
        }
    }};
}

/// Calls a function without a state, which answers the one and fails with the other.
macro_rules! call_stateless {
    ($self:ident.$entry:ident: $name:literal($($arg:ident: $ty:ty => $key:literal),* $(,)?) -> $result:ty, $failure:ty) => {{
        let api = &$self.api;
        match api.transport {
            $crate::runtime::api::Transport::Native => {
                lend!($crate::runtime::call::Call::refused, api, $name $(, $arg: $ty => $key)*);
                $crate::runtime::call::native::<$result, $failure>(api, $name, None, |callback, user_data| {
                    // SAFETY: the arguments are forms of this signature, and stay until it returns; the
                    // callback takes its answer, and `user_data` waits for it.
                    unsafe { (api.symbols.functions.$entry.native)(callback, user_data $(, $arg)*) };
                })
            }
            #[cfg(feature = "cbor")]
            $crate::runtime::api::Transport::Cbor => {
                let request = request!($crate::runtime::call::Call::refused, api, $name $(, $arg: $ty => $key)*);
                $crate::runtime::call::wire::<$result, $failure>(api, $name, None, |callback, user_data| {
                    let (bytes, len) = (request.as_ptr(), request.len());
                    // SAFETY: the bytes stay until it returns; the callback takes its answer, and
                    // `user_data` waits for it.
                    unsafe { (api.symbols.functions.$entry.wire)(callback, user_data, bytes, len) };
                })
            }
        }
    }};
}

/// Calls a constructor, which fails with this.
macro_rules! construct {
    ($self:ident.$entry:ident: $name:literal($($arg:ident: $ty:ty => $key:literal),* $(,)?), $failure:ty) => {{
        let api = &$self.api;
        let listeners = std::sync::Arc::default();
        let opening = $crate::runtime::create::Opening::new(api, $name, &listeners, &$self.listen);
        let mut made = std::ptr::null_mut();
        let call = match api.transport {
            $crate::runtime::api::Transport::Native => {
                lend!($crate::runtime::create::Creating::refused, api, $name $(, $arg: $ty => $key)*);
                $crate::runtime::call::native::<$crate::runtime::answers::Created, $failure>(api, $name, None, |callback, user_data| {
                    let (callback, user_data) = opening.answered_by(callback, user_data);
                    // SAFETY: the arguments are forms of this signature, and stay until it returns; the
                    // callback takes its answer, and `user_data` waits for it.
                    made = unsafe { (api.symbols.functions.$entry.native)($($arg,)* callback, user_data) };
                })
            }
            #[cfg(feature = "cbor")]
            $crate::runtime::api::Transport::Cbor => {
                let request = request!($crate::runtime::create::Creating::refused, api, $name $(, $arg: $ty => $key)*);
                $crate::runtime::call::wire::<$crate::runtime::answers::Created, $failure>(api, $name, None, |callback, user_data| {
                    let (bytes, len) = (request.as_ptr(), request.len());
                    let (callback, user_data) = opening.answered_by(callback, user_data);
                    // SAFETY: the bytes stay until it returns; the callback takes its answer, and
                    // `user_data` waits for it.
                    made = unsafe { (api.symbols.functions.$entry.wire)(bytes, len, callback, user_data) };
                })
            }
        };
        $crate::runtime::create::Creating::new(api, call, made, listeners)
    }};
}

/// Makes the arguments' C forms under the arguments' names, or returns a call that was not made.
macro_rules! lend {
    ($refused:path, $api:ident, $name:literal) => {};
    ($refused:path, $api:ident, $name:literal, $($arg:ident: $ty:ty => $key:literal),+) => {
        let mut arena = $crate::runtime::arena::Arena::default();
        $(let $arg = match <$ty as $crate::runtime::native::Lend>::lend(&$arg, &mut arena) {
            Ok(lent) => lent,
            Err(fault) => return $refused($api, $name, fault.at_key($key)),
        };)+
    };
}

/// A request on the wire, or a call that was not made is returned.
#[cfg(feature = "cbor")]
macro_rules! request {
    ($refused:path, $api:ident, $name:literal $(, $arg:ident: $ty:ty => $key:literal)*) => {{
        let mut writer = $crate::runtime::cbor::Writer::default();
        writer.map(&[$($key),*]);
        $(
            writer.text($key);
            if let Err(fault) = <$ty as $crate::runtime::wire::Encode>::encode(&$arg, &mut writer) {
                return $refused($api, $name, fault.at_key($key));
            }
        )*
        writer.finish()
    }};
}

/// Calls a function of scalars, which returns directly.
macro_rules! call_export {
    ($self:ident.$entry:ident: $name:literal($($arg:ident),* $(,)?)) => {
        $self.api.exported($name, || {
            // SAFETY: the arguments are forms of this signature.
            unsafe { ($self.api.symbols.functions.$entry)($($crate::runtime::native::scalar($arg)),*) }
        })
    };
}

/// Has an event, whose payload this is, call a listener.
macro_rules! listen {
    ($self:ident: $payload:ty = $event:literal, $listener:expr) => {
        $self.session.listen::<$payload>($event, $listener)
    };
}

/// Queues an event, whose payload this is.
macro_rules! stream {
    ($self:ident: $payload:ty = $event:literal, $limit:literal) => {
        $self.session.stream::<$payload>($event, $limit)
    };
}
