//! Answers to the questions of a template: whether they are ones.

use anyhow::{Result, bail};

use crate::base::date::{DateFault, Moment};
use crate::base::did_you_mean::nearest;
use crate::document::placeholders::{self, Answers};
use crate::fork::template::Template;
use crate::model::kinds::template::{Answer, Question};

/// Reads the answers of a command line, `vendor=Acme` each, to the questions of a template whose newest text is given.
/// One that is empty is no answer.
///
/// # Errors
/// When one has no `=`, is to a question that is not asked, or is not of the kind that is asked for.
pub fn read(written: &[String], template: &Template, text: &str) -> Result<Answers> {
    let mut answers = Answers::new();
    let found = placeholders::find(text, template.format);
    let asked: Vec<&str> = template.ask.iter().map(|question| question.id.as_str()).collect();
    for pair in written {
        let Some((id, answer)) = pair.split_once('=') else {
            bail!("--set {pair}: write it as `--set vendor=Acme`");
        };
        let (id, answer) = (id.trim(), answer.trim());
        let question = template.ask.iter().find(|question| question.id == id);
        if question.is_none() && !found.iter().any(|placeholder| placeholder.id == id) {
            bail!("--set {pair}: {}", unknown(id, &asked));
        }
        if answer.is_empty() {
            continue;
        }
        let answer = match question.map(|question| check(question, answer)) {
            Some(Err(fault)) => bail!("--set {pair}: {fault}"),
            Some(Ok(answer)) => answer,
            None => answer.to_string(),
        };
        answers.insert(id.to_string(), answer);
    }
    Ok(answers)
}

/// Checks an answer and returns it as it is to stand in the document: a date as `2026-01-05`, a choice as it is offered.
///
/// # Errors
/// A clause that says what is wrong with it.
pub fn check(question: &Question, answer: &str) -> Result<String, String> {
    let answer = answer.split_whitespace().collect::<Vec<_>>().join(" ");
    match &question.answer {
        Answer::Text => Ok(answer),
        Answer::Date => match Moment::parse(&answer) {
            Ok(moment) => Ok(moment.to_iso_day()),
            Err(DateFault::American(iso)) => Err(format!("\"{answer}\" is no date; did you mean {iso}?")),
            Err(_) => Err(format!("\"{answer}\" is no date; write it as 2026-01-05")),
        },
        Answer::Number => match answer.replace([',', ' ', '_', '\''], "").parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(answer),
            _ => Err(format!("\"{answer}\" is no number")),
        },
        Answer::Choice(options) => {
            let is_it = |option: &&String| option.to_lowercase() == answer.to_lowercase();
            let options_shown = options.join(", ");
            let found = options.iter().find(is_it).cloned();
            found.ok_or_else(|| match nearest(&answer, options.iter().map(String::as_str)) {
                Some(meant) => format!("\"{answer}\" is none of {options_shown}; did you mean \"{meant}\"?"),
                None => format!("\"{answer}\" is none of {options_shown}"),
            })
        }
    }
}

fn unknown(id: &str, asked: &[&str]) -> String {
    match (nearest(id, asked.iter().copied()), asked) {
        (Some(meant), _) => format!("the template does not ask for \"{id}\"; did you mean \"{meant}\"?"),
        (None, []) => format!("the template does not ask for \"{id}\"; it asks for nothing"),
        (None, asked) => format!("the template does not ask for \"{id}\"; it asks for {}", asked.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::model::kinds::template::{Answer, Question};

    fn answer(kind: Answer, written: &str) -> Result<String, String> {
        check(&Question { id: "x".into(), label: "X".into(), example: None, answer: kind }, written)
    }

    #[test]
    fn answers_are_of_their_kind() {
        assert_eq!(answer(Answer::Text, " a \n b ").as_deref(), Ok("a b"));
        assert_eq!(answer(Answer::Date, "2027-03-31").as_deref(), Ok("2027-03-31"));
        assert!(answer(Answer::Date, "03/31/2027").expect_err("American").contains("2027-03-31"));
        assert!(answer(Answer::Date, "soon").is_err());
        assert_eq!(answer(Answer::Number, "240,000").as_deref(), Ok("240,000"));
        assert!(answer(Answer::Number, "much").is_err() && answer(Answer::Number, "inf").is_err());
        let choice = || Answer::Choice(vec!["light".into(), "full".into()]);
        assert_eq!(answer(choice(), "Full").as_deref(), Ok("full"));
        assert!(answer(choice(), "ligth").expect_err("a slip").contains("did you mean \"light\""));
    }
}
