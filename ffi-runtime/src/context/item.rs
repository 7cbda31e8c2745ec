//! What stands in the queue of a context: calls, and the cancels for those before them.

use super::queue::Queued;
use crate::call::Request;
use crate::callback::UserData;

/// What stands in the queue of a context.
pub(crate) enum Item<E: 'static> {
    /// A call to be served.
    Call(Request<E>),
    /// Whatever stands before this with the same `user_data` is to be cancelled.
    Cancel(UserData),
}

impl<E: 'static> Queued for Item<E> {
    #[inline]
    fn takes_place(&self) -> bool {
        // What has begun is no call that waits to begin.
        matches!(self, Self::Call(request) if request.heeds_cancel())
    }
}

#[cfg(test)]
mod tests {
    use super::Item;

    #[test]
    fn a_queued_request_takes_no_more_than_it_must() {
        assert_eq!(size_of::<Item<()>>(), if usize::BITS == 64 { 96 } else { 84 });
    }
}
