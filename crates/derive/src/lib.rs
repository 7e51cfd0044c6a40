//! `#[derive(Finite)]`, which `planwright-model` and `planwright-core` re-export with the trait.

mod bounds;
mod finite;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// For crates that use `planwright-model`.
#[proc_macro_derive(Finite, attributes(finite))]
pub fn of_model(input: TokenStream) -> TokenStream {
    finite::expand(input.into(), "planwright_model").into()
}

/// For crates that use `planwright-core`, which re-exports it as `Finite`.
#[proc_macro_derive(FiniteOfCore, attributes(finite))]
pub fn of_core(input: TokenStream) -> TokenStream {
    finite::expand(input.into(), "planwright_core").into()
}
