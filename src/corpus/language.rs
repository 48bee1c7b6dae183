use whatlang::Lang;

/// How many bytes of a text are looked at: more does not make the guess better.
const SAMPLE: usize = 4096;
/// Letters below which no guess is made.
const ENOUGH: usize = 80;

/// The two-letter code (ISO 639-1) of each language that whatlang tells apart, which
/// names them by three letters (ISO 639-3).
const CODES: [(&str, Lang); 70] = [
    ("af", Lang::Afr),
    ("ak", Lang::Aka),
    ("am", Lang::Amh),
    ("ar", Lang::Ara),
    ("az", Lang::Aze),
    ("be", Lang::Bel),
    ("bg", Lang::Bul),
    ("bn", Lang::Ben),
    ("ca", Lang::Cat),
    ("cs", Lang::Ces),
    ("cy", Lang::Cym),
    ("da", Lang::Dan),
    ("de", Lang::Deu),
    ("el", Lang::Ell),
    ("en", Lang::Eng),
    ("eo", Lang::Epo),
    ("es", Lang::Spa),
    ("et", Lang::Est),
    ("fa", Lang::Pes),
    ("fi", Lang::Fin),
    ("fr", Lang::Fra),
    ("gu", Lang::Guj),
    ("he", Lang::Heb),
    ("hi", Lang::Hin),
    ("hr", Lang::Hrv),
    ("hu", Lang::Hun),
    ("hy", Lang::Hye),
    ("id", Lang::Ind),
    ("it", Lang::Ita),
    ("ja", Lang::Jpn),
    ("jv", Lang::Jav),
    ("ka", Lang::Kat),
    ("km", Lang::Khm),
    ("kn", Lang::Kan),
    ("ko", Lang::Kor),
    ("la", Lang::Lat),
    ("lt", Lang::Lit),
    ("lv", Lang::Lav),
    ("mk", Lang::Mkd),
    ("ml", Lang::Mal),
    ("mr", Lang::Mar),
    ("my", Lang::Mya),
    ("nb", Lang::Nob),
    ("ne", Lang::Nep),
    ("nl", Lang::Nld),
    ("or", Lang::Ori),
    ("pa", Lang::Pan),
    ("pl", Lang::Pol),
    ("pt", Lang::Por),
    ("ro", Lang::Ron),
    ("ru", Lang::Rus),
    ("si", Lang::Sin),
    ("sk", Lang::Slk),
    ("sl", Lang::Slv),
    ("sn", Lang::Sna),
    ("sr", Lang::Srp),
    ("sv", Lang::Swe),
    ("ta", Lang::Tam),
    ("te", Lang::Tel),
    ("th", Lang::Tha),
    ("tk", Lang::Tuk),
    ("tl", Lang::Tgl),
    ("tr", Lang::Tur),
    ("uk", Lang::Ukr),
    ("ur", Lang::Urd),
    ("uz", Lang::Uzb),
    ("vi", Lang::Vie),
    ("yi", Lang::Yid),
    ("zh", Lang::Cmn),
    ("zu", Lang::Zul),
];

/// Guesses the language of a text; `None` when there is too little of it or it
/// could be several.
pub(super) fn detect(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    if sample.chars().filter(|c| c.is_alphabetic()).count() < ENOUGH {
        return None;
    }
    let guess = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    CODES.iter().find(|(_, lang)| *lang == guess.lang()).map(|(code, _)| *code)
}

/// The ISO 639-1 code that metadata mean by `en`, `en-GB`, `eng` or `English`.
pub(super) fn code(written: &str) -> Option<String> {
    let written = written.trim().to_ascii_lowercase();
    let primary = written.split(['-', '_']).next().unwrap_or_default();
    if primary.len() == 2 && primary.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(primary.to_owned());
    }
    CODES
        .iter()
        .find(|(_, l)| l.code() == primary || l.eng_name().eq_ignore_ascii_case(&written))
        .map(|(code, _)| (*code).to_owned())
}

/// The language's English name, or the code again where it is not known.
pub(super) fn name(code: &str) -> &str {
    CODES.iter().find(|(c, _)| *c == code).map_or(code, |(_, lang)| lang.eng_name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_apart() {
        let german = "Der Außenminister hat gestern erklärt, dass die Verhandlungen über den \
                      Austausch der Gefangenen in der kommenden Woche fortgesetzt werden sollen.";
        let english = "The foreign minister said yesterday that the negotiations on the exchange \
                       of the prisoners are to be continued in the course of the coming week.";
        assert_eq!(detect(german), Some("de"));
        assert_eq!(detect(english), Some("en"));
        assert_eq!(detect("Ja, sicher."), None);
    }

    #[test]
    fn metadata_may_use_codes_or_names() {
        for written in ["en", "EN", "en-GB", "en_US", "eng", "English"] {
            assert_eq!(code(written).as_deref(), Some("en"), "{written}");
        }
        assert_eq!(code("the usual"), None);
        assert_eq!(name("uk"), "Ukrainian");
        assert_eq!(name("xx"), "xx");
    }

    #[test]
    fn every_language_of_the_detector_has_a_code() {
        assert_eq!(CODES.len(), Lang::all().len());
        assert!(CODES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
