//! The tests of everything that is made from stories and documents.
//!
//! One program: each binary has its own copy of the generic engine, and copies take minutes to build.

mod browser;
mod chromium;
mod formats;
mod graphs;
mod html;
mod sample;
mod telling;
mod texts;
