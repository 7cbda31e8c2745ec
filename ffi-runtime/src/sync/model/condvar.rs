//! A condition variable whose waits can reach their limit in the checker's time.

use super::time;
use shuttle::sync::{Arc, MutexGuard, PoisonError};

/// A condition variable. Shared, so that the clock can wake its waits, and made when it is first used, so that
/// a static may hold one.
#[derive(Debug, Default)]
pub(crate) struct Condvar(std::sync::OnceLock<Arc<shuttle::sync::Condvar>>);

/// A lock that may be poisoned, with whether the time ran out.
type Waited<'a, T> = Result<(MutexGuard<'a, T>, bool), PoisonError<(MutexGuard<'a, T>, bool)>>;

impl Condvar {
    pub(crate) const fn new() -> Self {
        Self(std::sync::OnceLock::new())
    }

    fn shared(&self) -> &Arc<shuttle::sync::Condvar> {
        self.0.get_or_init(Arc::default)
    }

    pub(crate) fn notify_all(&self) {
        self.shared().notify_all();
    }

    pub(crate) fn wait_while<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        condition: impl FnMut(&mut T) -> bool,
    ) -> Result<MutexGuard<'a, T>, PoisonError<MutexGuard<'a, T>>> {
        self.shared().wait_while(guard, condition)
    }

    pub(crate) fn wait_timeout<'a, T>(&self, guard: MutexGuard<'a, T>, limit: time::Duration) -> Waited<'a, T> {
        let limit = time::Limit::begin(limit, time::Sleeper::Condvar(Arc::clone(self.shared())));
        if limit.is_over() {
            return Ok((guard, true));
        }
        let guard = self.shared().wait(guard).unwrap_or_else(PoisonError::into_inner);
        Ok((guard, limit.is_over()))
    }

    pub(crate) fn wait_timeout_while<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        limit: time::Duration,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> Waited<'a, T> {
        let limit = time::Limit::begin(limit, time::Sleeper::Condvar(Arc::clone(self.shared())));
        let mut guard = guard;
        while condition(&mut guard) {
            if limit.is_over() {
                return Ok((guard, true));
            }
            guard = self.shared().wait(guard).unwrap_or_else(PoisonError::into_inner);
        }
        Ok((guard, false))
    }
}
