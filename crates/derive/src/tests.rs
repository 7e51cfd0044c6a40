//! What the errors say: the field, and what to write.

use quote::quote;

use crate::finite::expand;

fn error(input: proc_macro2::TokenStream) -> String {
    let code = expand(input, "library").to_string();
    assert!(code.contains("compile_error"), "it compiles: {code}");
    code
}

#[test]
fn an_attribute_that_says_nothing() {
    let remedy = "write a range as in `#[finite(0..=3)]`";
    for attribute in [
        quote!(#[finite]),
        quote!(#[finite = 3]),
        quote!(#[finite()]),
        quote!(#[finite(3)]),
        quote!(#[finite(process <)]),
        quote!(#[finite(processes)]),
        quote!(#[finite(..)]),
        quote!(#[finite(..3)]),
        quote!(#[finite(0..)]),
        quote!(#[finite(0..=)]),
        quote!(#[finite(per_process < 3)]),
    ] {
        let message = error(quote!(struct State { other: bool, #attribute looks: u8 }));
        assert!(message.contains("field `looks`: "), "{message}");
        assert!(message.contains(remedy), "{message}");
        let message = error(quote!(enum State { Idle, Looking(bool, #attribute u8) }));
        assert!(message.contains("field 1: "), "{message}");
        assert!(message.contains(remedy), "{message}");
    }
}

#[test]
fn two_attributes() {
    let message = error(quote!(
        struct State {
            #[finite(0..=3)]
            #[finite(process)]
            looks: u8,
        }
    ));
    assert!(
        message.contains("field `looks` has two attributes `finite`: leave one"),
        "{message}"
    );
}

#[test]
fn an_attribute_that_is_on_no_field() {
    let message = error(quote!(
        #[finite(0..=3)]
        struct Looks(u8);
    ));
    assert!(
        message.contains("`Looks`: `finite` says something of a field; put it on one"),
        "{message}"
    );
    let message = error(quote!(
        enum State {
            #[finite(0..=3)]
            Looking(u8),
        }
    ));
    assert!(message.contains("variant `Looking`: `finite`"), "{message}");
}

#[test]
fn what_has_no_values_or_hides_them() {
    let message = error(quote!(
        enum Never {}
    ));
    assert!(message.contains("`Never` has no values"), "{message}");
    let message = error(quote!(union Either { one: u8, other: bool }));
    assert!(message.contains("use an enum"), "{message}");
}
