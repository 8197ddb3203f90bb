use super::{Place, Provenance, line, read, write};
use crate::document::version::Identity;

fn provenance(version: u32) -> Provenance {
    Provenance {
        title: Some("Contract with \"Acme\": 1".to_string()),
        forked_from: "https://playbook.example.org/templates/contract/".to_string(),
        version,
        hash: Identity::from_hex("3f2ac81be07d"),
        license: None,
    }
}

#[test]
fn other_front_matter_stays_to_the_byte() {
    let text = "\u{feff}---\r\nowner:   Ada # mine\r\ntitle: 'Old: it''s'\r\ntags: [a,\r\n  b]\r\n---\r\n# A\r\n";
    let written = write(text, &provenance(4), Place::FrontMatter);
    let added = "forked_from: https://playbook.example.org/templates/contract/\r\ntemplate_version: 4\r\n\
        template_hash: 3f2ac81be07d\r\n";
    assert_eq!(written, text.replace("  b]\r\n", &format!("  b]\r\n{added}")));
    let again = write(&written, &provenance(5), Place::LastLine);
    assert_eq!(again, written.replace("version: 4", "version: 5"));
    let (found, place) = read(&again).expect("a provenance");
    assert_eq!((found.version, place), (5, Place::FrontMatter));
    assert_eq!(found.title.as_deref(), Some("Old: it's"));
}

#[test]
fn front_matter_is_made_where_there_is_none() {
    let written = write("# A\n", &provenance(4), Place::FrontMatter);
    assert!(written.starts_with("---\ntitle: \"Contract with \\\"Acme\\\": 1\"\n"), "{written}");
    assert!(written.ends_with("---\n\n# A\n"), "{written}");
    assert_eq!(read(&written), Some((provenance(4), Place::FrontMatter)));
    let digits = Provenance { hash: Identity::from_hex("123456789012"), ..provenance(1) };
    assert!(write("", &digits, Place::FrontMatter).contains("template_hash: \"123456789012\"\n"));
}

#[test]
fn the_last_line_is_for_people_and_for_us() {
    let given = Provenance { title: Some("A [b]".into()), license: Some("CC BY 4.0".into()), ..provenance(4) };
    let last = "Forked from [A \\[b\\], version 4](https://playbook.example.org/templates/contract/v/4/#3f2ac81be07d) \
        (CC BY 4.0)";
    assert_eq!(line(&given), last);
    let written = write("# A\n\n- [ ] B\n", &given, Place::LastLine);
    assert_eq!(written, format!("# A\n\n- [ ] B\n\n{last}\n"));
    assert_eq!(read(&written), Some((given, Place::LastLine)));
    let newer = Provenance { title: None, ..provenance(5) };
    let updated = write(&written, &newer, Place::FrontMatter);
    assert_eq!(updated, written.replace("version 4", "version 5").replace("/v/4/", "/v/5/"));
}

#[test]
fn what_is_no_provenance_is_none() {
    for text in [
        "",
        "---\nforked_from: https://a/\n---\n",
        "---\nforked_from: https://a/\ntemplate_version: four\n---\n",
        "Forked from [A, version 4](https://a/v/x/)",
        "Forked from [A",
    ] {
        assert_eq!(read(text), None, "{text:?}");
    }
    let edited = "---\nforked_from: https://a/\ntemplate_version: 4\ntemplate_hash: zzz\n---\n";
    assert_eq!(read(edited).expect("a provenance").0.hash, None);
}
