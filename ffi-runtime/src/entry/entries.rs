//! The three entry points of every function that answers through a callback: for C structs, for CBOR in
//! the host's memory, and for CBOR in Rust's. The function's kind decides what a call does.

use super::dispatch::Dispatch;
use super::form::{CborRequest, Form, PodRequest};
use super::refusal::missing_callback;
use crate::abi::FfiCallback;
use crate::call::RequestBytes;
use crate::callback::HostCallback;
use crate::declare::{Arguments, Library};
use crate::registry::{FunctionEntry, NamedCall};
use crate::value::pod::TextForm;
use std::any::TypeId;
use std::ffi::{c_int, c_void};

/// The native entry point of a function with the parameters `A`, where text has the form `F`.
type CallPod<A, F> = unsafe fn(*mut c_void, FfiCallback, *mut c_void, *const <A as Arguments>::Pod<F>) -> c_int;

/// The CBOR entry point of a function.
type CallCbor = unsafe fn(*mut c_void, FfiCallback, *mut c_void, *const u8, usize) -> c_int;

/// A function that answers through a callback, with the parameters `A`, in a library whose text has the form `F`: its
/// entry points, and how it is listed.
///
/// It is a constant of the generated code, so that the entry points are called directly.
#[derive(Debug)]
pub struct Callee<A: Arguments, F: TextForm> {
    pub(super) entry: FunctionEntry,
    pod: CallPod<A, F>,
    cbor: CallCbor,
}

impl<A: Arguments, F: TextForm> Callee<A, F> {
    /// The function that `D` dispatches.
    pub(super) const fn of<D: Dispatch<Args = A>>() -> Self {
        let entry = FunctionEntry {
            state: TypeId::of::<D::State>,
            library: <D::State as Library>::NAME,
            short_names: <D::State as Library>::OPTIONS.short_names,
            text: <D::State as Library>::OPTIONS.text,
            info: D::INFO,
            kind: D::KIND,
            describe: D::describe,
            by_name: Some(NamedCall { call: call_owned::<D>, needs_context: D::NEEDS_CONTEXT }),
        };
        Self { entry, pod: call_pod::<D, F>, cbor: call_cbor::<D> }
    }

    /// Calls the function with C structs.
    ///
    /// # Safety
    /// The callback must be sound to call once, from any thread, with `user_data`; `pod` must be
    /// as [`Arguments::from_pod`] wants it.
    #[inline]
    pub unsafe fn call_pod(
        &self,
        ctx: *mut c_void,
        callback: FfiCallback,
        user_data: *mut c_void,
        pod: *const A::Pod<F>,
    ) -> c_int {
        // SAFETY: the caller's promises.
        unsafe { (self.pod)(ctx, callback, user_data, pod) }
    }

    /// Calls the function with CBOR.
    ///
    /// # Safety
    /// The callback as for [`Callee::call_pod`]; `request` must be NULL or have `len` readable bytes.
    #[inline]
    pub unsafe fn call_cbor(
        &self,
        ctx: *mut c_void,
        callback: FfiCallback,
        user_data: *mut c_void,
        request: *const u8,
        len: usize,
    ) -> c_int {
        // SAFETY: the caller's promises.
        unsafe { (self.cbor)(ctx, callback, user_data, request, len) }
    }
}

/// # Safety
/// As for [`Callee::call_pod`].
#[inline]
unsafe fn call_pod<D: Dispatch, F: TextForm>(
    ctx: *mut c_void,
    callback: FfiCallback,
    user_data: *mut c_void,
    pod: *const <D::Args as Arguments>::Pod<F>,
) -> c_int {
    // SAFETY: the caller's promise about `pod`.
    let request = unsafe { PodRequest::new(pod) };
    // SAFETY: the caller's promise about the callback.
    unsafe { call::<D, _>(ctx, callback, user_data, request) }
}

/// # Safety
/// As for [`Callee::call_cbor`].
unsafe fn call_cbor<D: Dispatch>(
    ctx: *mut c_void,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: *const u8,
    len: usize,
) -> c_int {
    // SAFETY: the caller's promise about the bytes.
    let request = unsafe { CborRequest::new(request, len) };
    // SAFETY: the caller's promise about the callback.
    unsafe { call::<D, _>(ctx, callback, user_data, request) }
}

/// # Safety
/// The callback as for [`Callee::call_pod`].
unsafe fn call_owned<D: Dispatch>(
    ctx: *mut c_void,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: RequestBytes<'_>,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    unsafe { call::<D, _>(ctx, callback, user_data, request) }
}

/// # Safety
/// The callback as for [`Callee::call_pod`].
#[inline]
unsafe fn call<D: Dispatch, F: Form<D::Args>>(
    ctx: *mut c_void,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: F,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    match unsafe { HostCallback::new(callback, user_data) } {
        Some(target) => D::call(ctx, target, request),
        None => missing_callback::<D::State>(D::INFO.name),
    }
}
