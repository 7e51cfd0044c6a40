//! What an attribute says of a field.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, Error, Result};

/// What is known of a field beside its type.
pub(crate) enum Bounds {
    /// Nothing: its type says all.
    OfType,
    /// The smallest and the largest number in it.
    Within(TokenStream, TokenStream),
    /// Its numbers are those of processes, up to the largest.
    Process(TokenStream),
    /// It is an array with a place for each process.
    PerProcess,
}

const FORMS: &str = "write a range as in `#[finite(0..=3)]`, `#[finite(process)]`, \
                     `#[finite(process < 4)]` or `#[finite(per_process)]`";

impl Bounds {
    /// # Errors
    ///
    /// That of a field of this name whose attributes say something else.
    pub(crate) fn read(name: &str, attributes: &[Attribute]) -> Result<Self> {
        let mut own = attributes.iter().filter(|a| a.path().is_ident("finite"));
        let Some(first) = own.next() else {
            return Ok(Self::OfType);
        };
        if let Some(second) = own.next() {
            let twice = format!("field {name} has two attributes `finite`: leave one");
            return Err(Error::new_spanned(second, twice));
        }
        let unknown = |_| Error::new_spanned(first, format!("field {name}: {FORMS}"));
        let list = first.meta.require_list().map_err(unknown)?;
        Self::parse(list.tokens.clone())
            .ok_or_else(|| Error::new_spanned(list, format!("field {name}: {FORMS}")))
    }

    /// By hand, because ranges are among the expressions for which syn takes twice as long to build.
    fn parse(tokens: TokenStream) -> Option<Self> {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |at: usize, c| matches!(&tokens[at], TokenTree::Punct(p) if p.as_char() == c);
        let is_word = |at: usize, word| matches!(&tokens[at], TokenTree::Ident(i) if i == word);
        let some = |tokens: &[TokenTree]| {
            (!tokens.is_empty()).then(|| tokens.iter().cloned().collect::<TokenStream>())
        };
        match tokens.len() {
            0 => return None,
            1 if is_word(0, "process") => return Some(Self::Process(quote!(255))),
            1 if is_word(0, "per_process") => return Some(Self::PerProcess),
            _ => {}
        }
        if is_word(0, "process") && is(1, '<') {
            let number = some(&tokens[2..])?;
            return Some(Self::Process(quote!((#number) - 1)));
        }
        let dots = (1..tokens.len() - 1).find(|at| is(*at, '.') && is(at + 1, '.'))?;
        let low = some(&tokens[..dots])?;
        let inclusive = tokens.len() > dots + 2 && is(dots + 2, '=');
        let high = some(&tokens[dots + 2 + usize::from(inclusive)..])?;
        let high = match inclusive {
            true => quote!(#high),
            false => quote!((#high) - 1),
        };
        Some(Self::Within(low, high))
    }
}
