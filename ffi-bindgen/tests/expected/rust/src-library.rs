//! The library itself: what opens it, and what needs no context.

use crate::context::MyTimer;
use crate::runtime::api::{Api, Transport};
use crate::runtime::create::{Creating, Listen};
use crate::runtime::error::Error;
use crate::runtime::notice::Notice;
use crate::types;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// The library `my_timer`, loaded.
///
/// A clone is another name for the same library. It stays loaded while anything of it is in use.
#[derive(Clone)]
pub struct Library {
    api: Arc<Api>,
    listen: Option<Arc<Listen>>,
}

impl Library {
    /// Loads the library at this path.
    ///
    /// # Errors
    /// [`Error::Load`] where it cannot be loaded, [`Error::Mismatch`] where it is not the one that these bindings
    /// are for; what it has beyond them does no harm.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::open_with(path, Transport::default())
    }

    /// Loads the library at this path, to be called in another way.
    ///
    /// # Errors
    /// Those of [`Library::open`]. On each transport only what crosses there has to fit.
    pub fn open_with(path: impl AsRef<Path>, transport: Transport) -> Result<Self, Error> {
        Ok(Self { api: Api::open(path.as_ref(), transport)?, listen: None })
    }

    /// Has this told of what there is no call to tell, from whichever thread it happens on; in place of what was
    /// told before.
    pub fn on_notice(&self, told: impl Fn(&Notice) + Send + Sync + 'static) {
        self.api.hook.set(told);
    }

    /// The same library, which calls this with each new [`MyTimer`] before any event of that is delivered: the
    /// listeners and streams that it adds hear from the first event on, also those that the constructor fires.
    ///
    /// It runs on a thread of the library, and the events and the constructor's answer wait for it.
    pub fn listening(&self, listen: impl Fn(&MyTimer) + Send + Sync + 'static) -> Self {
        Self { api: Arc::clone(&self.api), listen: Some(Arc::new(listen)) }
    }

    /// Calls `my_timer_create`.
    pub fn create(&self, config: &types::TimerConfig) -> Creating {
        construct! { self.my_timer_create: "my_timer_create"(
            config: &types::TimerConfig => "config",
        ), crate::runtime::call::Texts }
    }
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Library").field("transport", &self.api.transport).finish_non_exhaustive()
    }
}
