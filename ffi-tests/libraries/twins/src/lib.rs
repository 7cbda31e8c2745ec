//! A library with two types of one name in each of two modules: a description tells them apart, and so does who reads it.

#![forbid(unsafe_code)]

use ffi_runtime::ffi;

ffi_runtime::library!("twins");

pub mod http {
    //! Types of a server.

    use ffi_runtime::ffi;

    /// How a server listens.
    #[ffi]
    #[derive(Clone, Debug, PartialEq)]
    pub struct Config {
        /// Where it listens.
        pub port: u16,
        /// What stands behind it.
        pub behind: Option<super::db::Config>,
    }

    /// How much a server says.
    #[ffi]
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub enum Level {
        /// Errors alone.
        Low = 1,
        /// All of it.
        High = 2,
    }
}

pub mod db {
    //! Types of a database.

    use ffi_runtime::ffi;

    /// How a database is found.
    #[ffi]
    #[derive(Clone, Debug, PartialEq)]
    pub struct Config {
        /// Where it is.
        pub url: String,
    }

    /// How much a database keeps.
    #[ffi]
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub enum Level {
        /// Nothing.
        None = 1,
        /// All of it.
        Some = 2,
    }
}

/// The library.
#[ffi(state)]
pub struct Twins;

/// A type whose name is its own.
#[ffi]
#[derive(Clone, Debug, PartialEq)]
pub struct Both {
    /// Of the servers.
    pub servers: Vec<http::Config>,
    /// Of the database.
    pub database: Box<db::Config>,
}

/// Gives both back, in one.
#[ffi]
pub fn twins_open(server: http::Config, database: db::Config) -> Both {
    Both { servers: vec![server], database: Box::new(database) }
}

/// The level of a database for that of a server.
#[ffi(export)]
pub fn twins_level(level: http::Level) -> db::Level {
    match level {
        http::Level::Low => db::Level::None,
        http::Level::High => db::Level::Some,
    }
}
