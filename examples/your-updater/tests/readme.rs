//! The file that README.md shows is the file that is compiled and tested here.

#[test]
fn the_readme_shows_this_file_and_it_stays_short() {
    let readme = include_str!("../../../README.md");
    let file = include_str!("../src/lib.rs");
    assert!(
        readme.contains(&format!("```rust\n{file}```")),
        "README.md shows another file"
    );
    assert!(file.lines().count() <= 61);
}
