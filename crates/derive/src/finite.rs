//! From a type's definition to its `Finite`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Error, Fields, GenericParam, Result, Type};

use crate::bounds::Bounds;

/// The implementation, or the error as code that does not compile.
pub(crate) fn expand(input: TokenStream, library: &str) -> TokenStream {
    let library = Ident::new(library, Span::call_site());
    let implementation = syn::parse2(input).and_then(|input| implement(&input, &library));
    implementation.unwrap_or_else(Error::into_compile_error)
}

pub(crate) fn implement(input: &DeriveInput, library: &Ident) -> Result<TokenStream> {
    let name = &input.ident;
    on_fields_only(&input.attrs, &format!("`{name}`"))?;
    let visitor = quote!(::#library::finite::Visitor);
    let (values, any, visit) = match &input.data {
        Data::Struct(data) => {
            let parts = Parts::new(&data.fields, library)?;
            let (values, pattern) = (parts.values(), parts.pattern());
            let (any, visited) = (parts.built(&parts.any), parts.built(&parts.visited));
            let visit = quote!(let Self #pattern = self; Self #visited);
            (values, quote!(Self #any), visit)
        }
        Data::Enum(data) => {
            let mut cases = Vec::new();
            for variant in &data.variants {
                on_fields_only(&variant.attrs, &format!("variant `{}`", variant.ident))?;
                cases.push((&variant.ident, Parts::new(&variant.fields, library)?));
            }
            let Some((first, parts)) = cases.first() else {
                let none = format!("`{name}` has no values: it cannot be part of a state");
                return Err(Error::new_spanned(name, none));
            };
            let any = parts.built(&parts.any);
            let any = quote!(Self::#first #any);
            let values: Vec<_> = cases.iter().map(|(_, parts)| parts.values()).collect();
            let names = cases.iter().map(|(name, _)| name);
            let numbers = 0..cases.len();
            let last = cases.len() - 1;
            let arms = cases.iter().enumerate().map(|(number, (name, parts))| {
                // The last one without its number, so that nothing is left over.
                let number = match number == last {
                    true => quote!(_),
                    false => quote!(#number),
                };
                let (locals, any) = (&parts.locals, &parts.any);
                let (pattern, visited) = (parts.pattern(), parts.built(&parts.visited));
                let fields = match locals.is_empty() {
                    true => quote!(),
                    false => quote! {
                        let (#(#locals,)*) = match self {
                            Self::#name #pattern => (#(#locals,)*),
                            _ => (#(#any,)*),
                        };
                    },
                };
                quote!(#number => { #fields Self::#name #visited })
            });
            let visit = quote! {
                let case = match &self { #(Self::#names { .. } => #numbers,)* };
                let (case, rest) = #visitor::case(visitor, case, const { &::#library::finite::ends([#(#values,)*]) });
                let value = match case { #(#arms)* };
                #visitor::end(visitor, rest);
                value
            };
            let sum = quote!(0_u64 #(.saturating_add(#values))*);
            (sum, any, visit)
        }
        Data::Union(_) => {
            let union =
                format!("`{name}` is a union, which does not say what it holds: use an enum");
            return Err(Error::new_spanned(name, union));
        }
    };
    let mut generics = input.generics.clone();
    for parameter in &mut generics.params {
        if let GenericParam::Type(parameter) = parameter {
            parameter
                .bounds
                .push(syn::parse_quote!(::#library::finite::Finite));
        }
    }
    let (parameters, arguments, conditions) = generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        #[allow(unreachable_patterns, clippy::all)]
        impl #parameters ::#library::finite::Finite for #name #arguments #conditions {
            const VALUES: u64 = #values;
            const ANY: Self = #any;
            // A search does it for every step, and most visitors look at little.
            #[inline(always)]
            fn visit<FiniteVisitor: #visitor>(self, visitor: &mut FiniteVisitor) -> Self {
                #visit
            }
        }
    })
}

fn on_fields_only(attributes: &[Attribute], what: &str) -> Result<()> {
    match attributes.iter().find(|a| a.path().is_ident("finite")) {
        None => Ok(()),
        Some(attribute) => {
            let misplaced = format!("{what}: `finite` says something of a field; put it on one");
            Err(Error::new_spanned(attribute, misplaced))
        }
    }
}

/// The fields of a struct or of a variant.
struct Parts {
    /// Their names; none where they have only places.
    names: Option<Vec<Ident>>,
    /// Variables that hold them.
    locals: Vec<Ident>,
    values: Vec<TokenStream>,
    any: Vec<TokenStream>,
    visited: Vec<TokenStream>,
}

impl Parts {
    fn new(fields: &Fields, library: &Ident) -> Result<Self> {
        let names = match fields {
            Fields::Named(fields) => fields.named.iter().map(|f| f.ident.clone()).collect(),
            Fields::Unnamed(_) => None,
            Fields::Unit => Some(Vec::new()),
        };
        let mut parts = Self {
            names,
            locals: Vec::new(),
            values: Vec::new(),
            any: Vec::new(),
            visited: Vec::new(),
        };
        for (place, field) in fields.iter().enumerate() {
            let name = match &field.ident {
                Some(name) => format!("`{name}`"),
                None => format!("{place}"),
            };
            let bounds = Bounds::read(&name, &field.attrs)?;
            let local = format_ident!("part{place}");
            let [values, any, visited] = shown(&bounds, &field.ty, &local, library);
            parts.any.push(any);
            parts.locals.push(local);
            parts.values.push(values);
            parts.visited.push(visited);
        }
        Ok(parts)
    }

    fn values(&self) -> TokenStream {
        let values = &self.values;
        quote!(1_u64 #(.saturating_mul(#values))*)
    }

    fn pattern(&self) -> TokenStream {
        let locals: Vec<_> = self.locals.iter().map(|local| quote!(#local)).collect();
        self.built(&locals)
    }

    /// The fields, made of these expressions.
    fn built(&self, of: &[TokenStream]) -> TokenStream {
        match &self.names {
            Some(names) => quote!({ #(#names: #of,)* }),
            None => quote!((#(#of,)*)),
        }
    }
}

/// How many values a field has, any of them, and how a visitor is shown it.
fn shown(bounds: &Bounds, ty: &Type, local: &Ident, library: &Ident) -> [TokenStream; 3] {
    // Errors point at the field.
    let span = ty.span();
    let finite = quote_spanned!(span=> ::#library::finite);
    let process = quote_spanned!(span=> #finite::Kind::PROCESS);
    let (as_what, kind) = match bounds {
        Bounds::OfType => (quote_spanned!(span=> #finite::Finite), None),
        Bounds::PerProcess => (quote_spanned!(span=> #finite::PerProcess), Some(process)),
        Bounds::Within(low, high) => (
            quote_spanned!(span=> #finite::Number<{ (#low) as u64 }, { (#high) as u64 }>),
            Some(quote_spanned!(span=> ::core::option::Option::None)),
        ),
        Bounds::Process(last) => (
            quote_spanned!(span=> #finite::Number<0, { (#last) as u64 }>),
            Some(quote_spanned!(span=> ::core::option::Option::Some(#process))),
        ),
    };
    let visit = match bounds {
        Bounds::OfType => quote!(visit),
        Bounds::PerProcess => quote!(visit_each),
        _ => quote!(visit_within),
    };
    let kind = kind.into_iter();
    [
        quote_spanned!(span=> <#ty as #as_what>::VALUES),
        quote_spanned!(span=> <#ty as #as_what>::ANY),
        quote_spanned!(span=> <#ty as #as_what>::#visit(#local, #(#kind,)* visitor)),
    ]
}
