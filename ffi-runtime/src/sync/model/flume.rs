//! As much of flume as the queue uses.

use super::{Arc, Mutex};
use std::collections::VecDeque;

#[derive(Debug)]
pub(crate) struct Sender<T>(Arc<Mutex<VecDeque<T>>>);

#[derive(Debug)]
pub(crate) struct Receiver<T>(Arc<Mutex<VecDeque<T>>>);

#[derive(Debug)]
pub(crate) struct SendError<T>(pub(crate) T);

pub(crate) fn unbounded<T>() -> (Sender<T>, Receiver<T>) {
    let channel = Arc::new(Mutex::new(VecDeque::new()));
    (Sender(Arc::clone(&channel)), Receiver(channel))
}

impl<T> Sender<T> {
    /// Never fails: the queue holds both ends.
    pub(crate) fn send(&self, item: T) -> Result<(), SendError<T>> {
        match self.0.lock() {
            Ok(mut channel) => channel.push_back(item),
            Err(_) => return Err(SendError(item)),
        }
        Ok(())
    }
}

impl<T> Receiver<T> {
    pub(crate) fn drain(&self) -> VecDeque<T> {
        self.0.lock().map(|mut channel| std::mem::take(&mut *channel)).unwrap_or_default()
    }
}
