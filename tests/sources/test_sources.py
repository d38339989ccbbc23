"""Who stands behind a mention: names, roles, bodies, pronouns, unnamed people; every text is written for its test."""

import pytest

import annotator
from annotator.labels import AttributionMode, OnRecord, Resolution, SourceType
from annotator.records import AnnotatedArticle, Source

HEAD = "Council looks again at the old harbour plan\n\n"


def read(body: str, publisher: str = "Daily Example") -> AnnotatedArticle:
    return annotator.annotate(HEAD + body, publisher=publisher)


def source_of(record: AnnotatedArticle, words: str) -> Source:
    found = [claim for claim in record.claims if words in claim.text]
    assert len(found) == 1, [claim.text for claim in record.claims]
    return record.source_of(found[0])


def chain_of(record: AnnotatedArticle, words: str) -> tuple[str, ...]:
    return record.chain_of(next(claim for claim in record.claims if words in claim.text))


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Wanda Ibáñez Torrent", "Ibáñez"),
        ("Moses Otieno", "Mr Otieno"),
        ("Amina Rahel Teklu", "Dr Amina"),
        ("Yusuf Sarrea", "Sarreo"),
    ],
)
def test_a_short_name_stands_for_the_fullest(full: str, short: str) -> None:
    record = read(f"The governor, {full}, spoke on Monday.\n\n{short} said the harbour would stay open all winter.")
    assert source_of(record, "stay open").name == full


def test_a_generation_is_another_person() -> None:
    record = read("Carl Benson Jr. was there.\n\nCarl Benson, the mayor, said the harbour would stay open all winter.")
    assert source_of(record, "stay open").name == "Carl Benson"


def test_titles_of_any_length_do_not_belong_to_a_name() -> None:
    record = read("Retired harbour pilot and fishing expert Ali Sorel told reporters the pier had rotted for years.")
    assert source_of(record, "had rotted").name == "Ali Sorel"


# --- roles and descriptions -------------------------------------------------------------------------------------------


def test_a_role_names_the_one_person_whom_the_article_introduces_with_it() -> None:
    record = read("Prosecutor Helen Strake came late.\n\nThe prosecutor said the papers had been lost in the flood.")
    assert source_of(record, "had been lost").name == "Helen Strake"


def test_a_role_of_two_people_names_neither() -> None:
    record = read(
        "Senator Ann Moor and Senator Bo Lindt met in Elsund on Tuesday.\n\n"
        "The senator said the papers had been lost in the flood."
    )
    assert source_of(record, "had been lost").name not in {"Ann Moor", "Bo Lindt"}


def test_who_spoke_last_is_described_anew() -> None:
    record = read("Daniel Okoye said his client was innocent. The solicitor described the evidence as “thin and late”.")
    assert source_of(record, "thin and late").name == "Daniel Okoye"


def test_the_agency_is_the_one_that_is_called_so() -> None:
    record = read(
        "The National Harbour Agency published its figures on Monday. "
        "The agency estimates that forty ships a year use the old pier."
    )
    assert source_of(record, "forty ships").name == "National Harbour Agency"


def test_an_unnamed_trade_is_a_person_and_anonymous() -> None:
    source = source_of(read("A harbour inspector said the pier had been rotten for years."), "had been rotten")
    assert (source.type, source.anonymous, source.name) == (SourceType.PERSON, True, "harbour inspector (anonymous)")


def test_possessors_keep_their_ending() -> None:
    record = read("Mr Doyle was found on Sunday. Mr Doyle’s family said he had never learned to swim.")
    assert source_of(record, "never learned").name == "Doyle’s family"


@pytest.mark.parametrize("mark", ["’", "'"])
@pytest.mark.parametrize(("owner", "body"), [("teachers", "union"), ("residents", "group")])
def test_a_body_that_belongs_to_several_keeps_its_apostrophe(mark: str, owner: str, body: str) -> None:
    record = read(f"The {owner}{mark} {body} said that the water was brown.")
    assert source_of(record, "water was brown").name == f"{owner}{mark} {body}"


# --- groups ----------------------------------------------------------------------------------------------------------


def test_one_of_them_is_a_member_of_the_group() -> None:
    record = read(
        "Three Norland officials said the talks had failed. According to one of them, nobody had come to the meeting."
    )
    one = source_of(record, "nobody had come")
    assert (one.name, one.count, one.anonymous) == ("one of three Norland officials (anonymous)", 1, True)


def test_another_is_one_more_of_the_same_kind() -> None:
    record = read('One councillor said the plan was dead. Another described it as "a gift to the port".')
    assert source_of(record, "a gift to the port").name == "another councillor (anonymous)"


# --- pronouns --------------------------------------------------------------------------------------------------------


def test_an_anonymous_speaker_goes_on_before_a_named_one() -> None:
    record = read(
        "Mr Raghu Nayar met his ministers on Monday. He left without a word.\n\n"
        "A senior party worker said the plan had been discussed twice. “Nobody wants another flood here,” he said."
    )
    assert source_of(record, "another flood").name == "senior party worker (anonymous)"


def test_they_are_the_two_who_are_named_together() -> None:
    record = read(
        "Senators Ann Moor and Bo Lindt met in Elsund on Tuesday. They said the papers had been lost in the flood."
    )
    source = source_of(record, "had been lost")
    assert (source.name, source.type, source.anonymous) == ("Ann Moor and Bo Lindt", SourceType.GROUP, False)


def test_who_stands_for_people_not_for_the_thing_named_between() -> None:
    record = read("She took calls from listeners to her radio show, who said the harbour would freeze over again.")
    assert source_of(record, "freeze over").name == "listeners (anonymous)"


def test_a_body_that_could_be_any_is_unresolved() -> None:
    record = read("The storm came on Tuesday night.\n\nThe agency said the papers had been lost in the flood.")
    claim = next(claim for claim in record.claims if "had been lost" in claim.text)
    attribution = record.attribution_of(claim)
    assert attribution is not None
    assert attribution.resolution is Resolution.UNRESOLVED
    assert claim.needs_review


def test_a_number_of_people_is_a_group_of_them() -> None:
    record = read("A group of residents said the harbour would freeze over again.")
    source = source_of(record, "freeze over")
    assert (source.type, source.anonymous) == (SourceType.GROUP, True)


def test_it_is_the_document_that_the_sentence_before_is_about() -> None:
    record = read("The study drew on forty years of measurements. It found that the harbour had lost a metre of depth.")
    source = source_of(record, "a metre of depth")
    assert (source.name, source.type) == ("study", SourceType.DOCUMENT)


def test_pronouns_agree_with_the_titles_of_the_article() -> None:
    record = read(
        "Mr. Okello and Ms. Baraza met in Elsund on Monday. Mr. Okello left early. "
        "She said the pier would be rebuilt before winter."
    )
    assert source_of(record, "would be rebuilt").name == "Baraza"


# --- outlets and documents in the chain -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Kenya's interior ministry", "Kenya's interior ministry"),
        ("The Danish foreign ministry", "Danish foreign ministry"),
        ("Bolivian state TV", "Bolivian state TV"),
        ("Norway's Fjordland news agency", "Fjordland"),
        ("Austria's Die Warte magazine", "Die Warte"),
        ("The charity Feed the Harbour", "Feed the Harbour"),
        ("Chipmaker Sarrea", "Sarrea"),
        ("Pope Innocent", "Innocent"),
        ("Cmdr. Moses Otieno", "Moses Otieno"),
        ("WHO Director-General Moses Otieno", "Moses Otieno"),
        ("A spokesman for the Greek coast guard", "Greek coast guard"),
        ("A police spokeswoman", "police"),
        ("The European Union's foreign policy chief", "European Union's foreign policy chief"),
        ("Britain's defence secretary", "Britain's defence secretary"),
        ("The mayor of Elsund", "mayor of Elsund"),
        ("Doctors Without Borders (MSF)", "Doctors Without Borders"),
        ("Baroness Ann Moor", "Ann Moor"),
        ("Lord Moor", "Moor"),
        ("Taoiseach Brian Moor", "Brian Moor"),
        ("The Prime Minister's Office", "Prime Minister's Office"),
        ("Prof Kamal Desai of Elsund University", "Kamal Desai"),
        ("Acting Governor of the Elsund Region Oleg Savin", "Oleg Savin"),
        ("Spokesperson of the commission, Mr Oleg Savin,", "Oleg Savin"),
        ("A briefing note prepared for then-minister Ann Moor", "briefing note prepared for then-minister Ann Moor"),
        ("A finance ministry spokesman", "finance ministry"),
        ("A council spokesperson", "council"),
        ("A hospital spokesperson", "hospital spokesperson (anonymous)"),
        ("A woman who lives nearby", "woman who lives nearby (anonymous)"),
        ("A man who asked not to be named", "man (anonymous)"),
        ("According to reports received by Amnesty,", "reports received by Amnesty"),
        ("According to a letter signed by Amnesty,", "Amnesty letter"),
        ("According to a study published in the journal Harbour Science,", "study in the journal Harbour Science"),
    ],
)
def test_what_a_source_is_called(mention: str, name: str) -> None:
    said = "" if mention.startswith("According") else " said that"
    assert source_of(read(f"{mention}{said} the old pier had failed."), "had failed").name == name


def test_bodies_of_two_countries_are_two() -> None:
    record = read(
        "The Danish government denied blocking the ferry.\n\nAccording to the Polish government, the pier had failed. "
        "Poland's foreign ministry said it was closed. The Danish foreign ministry said the boats were late."
    )
    assert source_of(record, "had failed").name == "Polish government"
    assert source_of(record, "it was closed").name == "Poland's foreign ministry"
    assert source_of(record, "were late").name == "Danish foreign ministry"


def test_a_statement_says_what_its_author_does() -> None:
    record = read(
        "The pier has failed, the harbour board said in a statement on Monday.\n\n"
        "“Nobody was hurt,” the statement said."
    )
    assert chain_of(record, "Nobody was hurt") == chain_of(record, "has failed")


@pytest.mark.parametrize("outlet", ["The Anchor", "Anadel Agency, a local news outlet,"])
def test_an_outlet_is_known_by_the_words_around_it(outlet: str) -> None:
    record = read(f"A port official told {outlet} that the pier had rotted for years.")
    assert chain_of(record, "had rotted") == (
        "port official (anonymous)",
        outlet.split(",")[0],
        "Daily Example",
    )


def test_the_papers_own_name_for_itself_is_no_link() -> None:
    record = read("A port official told the Courier that the pier had rotted for years.", publisher="Elsund Courier")
    assert chain_of(record, "had rotted") == ("port official (anonymous)", "Elsund Courier")


def test_a_filing_is_a_vehicle() -> None:
    record = read("Halden Foods said in a letter to the Port Authority that it would leave the pier by May.")
    assert chain_of(record, "would leave the pier") == ("Halden Foods", "letter to the Port Authority", "Daily Example")


def test_with_reference_to_cites() -> None:
    record = read(
        "The government has asked the port to close its old pier before winter.\n\n"
        "The Anchor Post reported this with reference to three port officials.\n"
    )
    claim = next(claim for claim in record.claims if "before winter" in claim.text)
    assert claim.attribution is AttributionMode.POSTPONED
    assert record.chain_of(claim)[0] == "three port officials (anonymous)"


def test_a_reason_that_is_cited_is_no_source() -> None:
    record = read("Citing safety concerns, port officials said the pier would stay closed until May.")
    assert chain_of(record, "would stay closed") == ("port officials (anonymous)", "Daily Example")


# --- kinds of anaphora that were wrong, and what stays open -----------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words", "name"),
    [
        (
            "Carla Doyle lost her boat. A spokeswoman for the Harbour Agency said a gauge had failed. "
            "But she denied that the gate had been left open.",
            "left open",
            "Harbour Agency",
        ),
        ("Sen. Ann Moor met Bo Lindt on Tuesday.\n\nThe senator said the pier was rotten.", "rotten", "Ann Moor"),
        (
            "In a statement, the boat club Nova Ligo urged the council to wait. “Nobody asked us,” it wrote.",
            "asked us",
            "Nova Ligo",
        ),
        (
            "The harbour director, Kwame Adly, would not discuss the sale. “Next question,” he told reporters in May.",
            "Next question",
            "Kwame Adly",
        ),
        (
            "The Coastal Herald first published the video on Friday. It shows a crane that falls on the old pier.",
            "a crane that falls",
            "video",
        ),
        (
            "Maravente FC will play in Elsund.\n\n"
            "Coach Bo Lindt was calm. “I sleep well,” he told reporters in Maravente.",
            "I sleep well",
            "Bo Lindt",
        ),
        ("Mallory FC will play on. “Nobody has left us,” Mallory posted on Facebook.", "has left us", "Mallory FC"),
        pytest.param(
            "The secretary of the union, Delio Car, called a strike. In an interview with Radio Sud, the union leader "
            "said the docks would close.",
            "would close",
            "Delio Car",
            marks=pytest.mark.xfail(reason="the entity head takes Delio Car for the union's name"),
        ),
        (
            "The plan was praised by two voters, Ann Moor and Bo Lindt, who said that the pier had been saved.",
            "had been saved",
            "Ann Moor and Bo Lindt",
        ),
    ],
)
def test_who_is_meant(body: str, words: str, name: str) -> None:
    assert source_of(read(body), words).name == name


def test_a_name_that_is_given_later_is_that_of_what_was_described() -> None:
    record = read(
        "A new report says the pier was rotten.\n\nThe report, called Harbour First, found that the crane was unsafe."
    )
    assert source_of(record, "was rotten").name == "Harbour First"
    assert source_of(record, "was unsafe") is source_of(record, "was rotten")


def test_people_of_a_plain_noun_are_of_it() -> None:
    record = read("The plan hurts poor coastal towns, whose mayors said that the pier had been saved.")
    assert source_of(record, "had been saved").name == "mayors of poor coastal towns (anonymous)"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Two cars stood in the yard of the house for a week.\n\nThe woman said the pier was rotten.", "was rotten"),
        (
            "Rain fell on Elsund all week and the streets were wet.\n\nThe agency said the pier was rotten.",
            "was rotten",
        ),
        ("Rain fell on Elsund all week and the streets were wet.\n\nThey said that the pier was rotten.", "was rotten"),
    ],
)
def test_what_the_text_does_not_tell_stays_unresolved(body: str, words: str) -> None:
    record = read(body)
    (claim,) = [claim for claim in record.claims if words in claim.text]
    attribution = record.attribution_of(claim)
    assert attribution is not None
    assert attribution.resolution is Resolution.UNRESOLVED


def test_a_pronoun_for_somebody_unresolved_is_unresolved_too() -> None:
    record = read("Two cars stood in the yard. The woman said the pier was rotten. She added that the crane was new.")
    (claim,) = [claim for claim in record.claims if "was new" in claim.text]
    attribution = record.attribution_of(claim)
    assert attribution is not None
    assert attribution.resolution is Resolution.UNRESOLVED
    assert record.source_of(claim) is source_of(record, "was rotten")


@pytest.mark.parametrize(
    "subject", ["The mayor", "The police", "The man who called the station", "A woman", "The second woman"]
)
def test_who_is_known_without_more_is_resolved(subject: str) -> None:
    record = read(f"Two cars stood in the yard of the house for a week.\n\n{subject} said the pier was rotten.")
    (claim,) = [claim for claim in record.claims if "was rotten" in claim.text]
    attribution = record.attribution_of(claim)
    assert attribution is not None
    assert attribution.resolution is Resolution.RESOLVED


# --- how the words travelled ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "chain"),
    [
        # documents and platforms
        (
            "In a 40-page policy paper, the Harbour Board argued the pier was rotten.",
            "Harbour Board > 40-page policy paper",
        ),
        ("In court filings, prosecutors said the pier was rotten.", "prosecutors > court filings"),
        ("The pier was rotten, prosecutors alleged in a court filing on Monday.", "prosecutors > court filing"),
        ("In a letter to the council, Bo Lindt said that the pier was rotten.", "Bo Lindt > letter to the council"),
        ("In a leaked memo, Bo Lindt warned staff that the pier was rotten.", "Bo Lindt > leaked memo"),
        ("In a post on X, Bo Lindt wrote that the pier was rotten.", "Bo Lindt > X"),
        ("In a statement posted on his Facebook page, Bo Lindt said the pier was rotten.", "Bo Lindt > Facebook"),
        (
            "In an op-ed in the New York Times, Bo Lindt wrote that the pier was rotten.",
            "Bo Lindt > op-ed > New York Times",
        ),
        # who obtained them
        ("A leaked memo obtained by Reuters shows that the pier was rotten.", "leaked memo > Reuters"),
        (
            "In an internal email obtained by Bloomberg, Bo Lindt told staff the pier was rotten.",
            "Bo Lindt > internal email > Bloomberg",
        ),
        ("The pier was rotten, according to a policy paper seen by the Daily Example.", "policy paper"),
        # outlets
        ("Speaking to the BBC's morning programme, Bo Lindt said the pier was rotten.", "Bo Lindt > BBC"),
        ("The pier was “rotten”, as Bo Lindt put it to the Financial Times.", "Bo Lindt > Financial Times"),
        ("As Bo Lindt put it to Sky News, the pier was “rotten”.", "Bo Lindt > Sky News"),
        ("The pier was rotten, as first reported by the Guardian.", "Guardian"),
        ("“The pier was rotten,” Xinhua quoted a port official as saying.", "port official (anonymous) > Xinhua"),
        (
            "The Hindu reported, quoting a port official, that the pier was rotten.",
            "port official (anonymous) > The Hindu",
        ),
        # polls and handles
        ("According to a poll by YouGov for the Times, most people think that the pier was rotten.", "YouGov poll"),
        ("“The pier was rotten for years,” @harbour_watch posted on X.", "@harbour_watch > X"),
        ("“The pier was rotten for years,” user @anna_k wrote under the film.", "@anna_k"),
    ],
)
def test_the_chain_tells_how_the_words_travelled(body: str, chain: str) -> None:
    assert " > ".join(chain_of(read(body), "rotten")) == f"{chain} > Daily Example"


def test_what_was_first_reported_elsewhere_is_theirs() -> None:
    record = read("The minister met the company twice last year.\n\nThe meetings were first reported by Bloomberg.")
    assert chain_of(record, "met the company") == ("Bloomberg", "Daily Example")


def test_a_probe_into_an_email_is_no_email() -> None:
    record = read("In the email probe into the harbour, Bo Lindt said the pier was rotten.")
    assert chain_of(record, "was rotten") == ("Bo Lindt", "Daily Example")


@pytest.mark.parametrize(
    ("publisher", "words"),
    [
        ("The Washington Post", "told The Post"),
        ("The Washington Post", "told the Washington Post"),
        ("nytimes.com", "told The New York Times"),
        ("BBC News", "told the BBC"),
        ("Associated Press", "told The AP"),
        ("Agence France-Presse", "told AFP"),
        ("The Guardian (London)", "told the Guardian"),
        ("The Times (London)", "told The Times"),
        ("The New York Times - International Edition", "told the New York Times"),
        ("Telegraph Online", "told the Telegraph"),
        ("Agence France Presse -- English", "told AFP"),
        ("Globe & Mail, The", "told The Globe and Mail"),
        ("Sydney Morning Herald (Australia)", "told the Herald"),
        ("Reuters News", "told Reuters"),
        ("Associated Press International", "told The Associated Press"),
        ("USA Today, Final Edition", "told USA Today"),
        ("Elsund Courier", "told this newspaper"),
        ("Elsund Courier", "told our reporter"),
        ("Elsund Courier", "told the paper"),
    ],
)
def test_what_somebody_tells_the_publisher_has_no_link_between(publisher: str, words: str) -> None:
    record = read(f"The pier was rotten, the mayor {words} on Monday.", publisher)
    assert chain_of(record, "was rotten") == ("mayor", publisher)


def test_another_post_is_another_outlet() -> None:
    record = read("The pier was rotten, the mayor told the New York Post on Monday.", "The Washington Post")
    assert chain_of(record, "was rotten") == ("mayor", "New York Post", "The Washington Post")


def test_the_paper_is_the_one_that_was_just_named() -> None:
    record = read("The Times reported that a crane fell. The pier was rotten, the mayor told the paper on Monday.")
    assert chain_of(record, "was rotten") == ("mayor", "Times", "Daily Example")


def test_what_this_newspaper_has_learned_is_its_own() -> None:
    record = read("This newspaper has learned that the pier of the old harbour was rotten.")
    assert chain_of(record, "was rotten") == ("Daily Example",)


# --- names that only the text around them shows -----------------------------------------------------------------------


def test_an_office_with_a_place_or_a_body_is_no_part_of_the_name() -> None:
    record = read(
        "Norvia’s ambassador to Britain Oleg Savin said the harbour treaty had been signed.\n\n"
        "Deputy Director of Public Prosecution Ella-Marie Sundberg said the inquiry into the pier had been closed."
    )
    assert source_of(record, "had been signed").name == "Oleg Savin"
    assert source_of(record, "had been closed").name == "Ella-Marie Sundberg"


def test_a_description_is_whom_the_same_words_name_later() -> None:
    record = read(
        "Norvia’s ambassador to Britain warned that the harbour treaty would not be signed.\n\n"
        "The pier was closed in May.\n\nNorvia’s ambassador to Britain, Oleg Savin, arrived on Monday."
    )
    assert source_of(record, "not be signed").name == "Oleg Savin"


@pytest.mark.parametrize(("familiar", "full"), [("Pat", "Patrick"), ("Bill", "William"), ("Dan", "Daniel")])
def test_a_familiar_first_name_is_the_same_person(familiar: str, full: str) -> None:
    record = read(
        f"{full} Carlow Jr. pleaded guilty on Monday. “{familiar} Carlow is sorry,” his lawyer, Sonya Zoll, said.\n\n"
        "Carlow told the court that he had burned the pier."
    )
    assert source_of(record, "had burned").name == f"{full} Carlow Jr."


def test_another_first_name_is_another_person() -> None:
    record = read(
        "William Carlow owned the pier. Patrick Carlow, his brother, sold it.\n\n"
        "Bob Carlow said that the pier had burned in May."
    )
    assert source_of(record, "had burned").name == "Bob Carlow"


def test_an_office_is_called_by_whose_it_is() -> None:
    record = read("The U.S. Attorney’s Office for the Western District of Elsund said a man had pleaded guilty.")
    assert source_of(record, "pleaded guilty").name == "U.S. Attorney’s Office for the Western District of Elsund"


def test_an_apposition_names_the_group_from_then_on() -> None:
    record = read(
        "The workers will lose their jobs in May. The group, Harbour Workers United, was formed in April.\n\n"
        "The group announced that it would march to the pier."
    )
    assert source_of(record, "march to the pier").name == "Harbour Workers United"


def test_both_men_are_the_two_who_were_named_together() -> None:
    record = read(
        "Kevin Kerr and Timothy Wells were taken at the pier in May. In June two videos of them were released.\n\n"
        "Both men said that they were being treated well."
    )
    source = source_of(record, "treated well")
    assert (source.name, source.anonymous) == ("Kevin Kerr and Timothy Wells", False)


def test_of_several_office_holders_the_last_one_named_is_meant() -> None:
    record = read(
        "Gov. Eric Holm met the strikers on Monday, as Gov. Matt Bevis of Elsund had done in May.\n\n"
        "Teachers did not see Holm at the pier. The governor said he was waiting for the report on the harbour."
    )
    assert source_of(record, "waiting for the report").name == "Eric Holm"


def test_a_person_and_others_speak_together_without_titles() -> None:
    record = read("Gov. Eric Holm and leaders of the harbour council said they would not pay for the pier.")
    assert source_of(record, "would not pay").name == "Eric Holm and leaders of the harbour council"


def test_who_sent_an_email_says_what_it_tells() -> None:
    record = read("In a company email sent by chairman Marco Clare, employees were told that the pier would be closed.")
    assert source_of(record, "would be closed").name == "Marco Clare"


def test_an_email_to_the_paper_itself_is_no_link() -> None:
    body = "The pier is safe, Mayor Ann Lee said in an email to {}. Nobody has seen it since."
    assert chain_of(read(body.format("the Daily Example")), "pier is safe") == ("Ann Lee", "Daily Example")
    assert "email" in " ".join(chain_of(read(body.format("council staff")), "pier is safe"))


def test_a_town_keeps_its_state() -> None:
    record = read("The harbour police in Baywater, Texas, said the driver had hit the pier before.")
    assert source_of(record, "had hit the pier").name == "harbour police in Baywater, Texas"


def test_it_is_no_plural() -> None:
    record = read(
        "The Harbour Herald said the ship was a freighter, despite photos showing a row of windows; "
        "it lists a tail number of EP-CPP."
    )
    assert "photos" not in source_of(record, "tail number").name


@pytest.mark.parametrize(
    ("body", "words", "chain"),
    [
        (
            "Two divers went down. Two divers told reporters the pier was gone. One said the water was black.",
            "was black",
            ("one of two divers (anonymous)",),
        ),
        (
            "The ferry is late, according to Harbour One Sport. Its owner is broke, the broadcaster says.",
            "is broke",
            ("Harbour One Sport",),
        ),
        ("In its report, the Harbour Bank said growth would slow.", "slow", ("Harbour Bank", "Harbour Bank report")),
        ("Mr Justice Moor jailed Lindt. The judge said the crime was cowardly.", "cowardly", ("Moor",)),
        (
            "Anadel News reported, citing the regional governor, that three boats had sunk.",
            "three boats",
            ("regional governor", "Anadel News"),
        ),
        ("Spokesman Oleg Savin called the plan “nonsense”.", "nonsense", ("Oleg Savin",)),
        (
            "Elsund has a 40-year-old right-to-moor law. The law says that every boat must have a place.",
            "have a place",
            ("right-to-moor law",),
        ),
        (
            "A new study by Elsund University is out. The study found that the pier was rotten.",
            "was rotten",
            ("Elsund University study",),
        ),
        (
            "The vote went to the Elsund harbour commission. The commission found that the pier was rotten.",
            "was rotten",
            ("Elsund harbour commission",),
        ),
        (
            "A former clerk of the council was there. “It was dark,” the clerk said.",
            "dark",
            ("former clerk of the council (anonymous)",),
        ),
        ("A clerk was there. A year ago the clerk said the pier was dark.", "dark", ("clerk (anonymous)",)),
        (
            "Ruritania and Borduria, both members, left. The two countries have said they will come back.",
            "come back",
            ("Ruritania and Borduria",),
        ),
        (
            "France, Italy and Spain met. France and Italy left early. Both countries said it was over.",
            "was over",
            ("France and Italy",),
        ),
        (
            "It was shut by the Elsund Dockers Union (EDU). EDU said it was over.",
            "was over",
            ("Elsund Dockers Union",),
        ),
        (
            "The Community of Elsund and Lindt States (COELS) met. COELS said it was over.",
            "was over",
            ("Community of Elsund and Lindt States",),
        ),
        (
            "The men left the Christian Association of Norland (CAN). CAN said the men were not its members.",
            "not its members",
            ("Christian Association of Norland",),
        ),
        (
            "It is empty, according to the Norland Geological Survey. The Elsund Geological Survey said it was over.",
            "was over",
            ("Elsund Geological Survey",),
        ),
        (
            "It is over, according to one person briefed on the plan.",
            "is over",
            ("person briefed on the plan (anonymous)",),
        ),
        (
            "The National Pier System Operator (Npso) shut it. Npso said that the pier was safe. It said it was over.",
            "was over",
            ("National Pier System Operator",),
        ),
        ("London Fire Brigade said it was over.", "was over", ("London Fire Brigade",)),
        (
            "The head of the ground forces, Col Gen Oleks Syrsky, said the group was near.",
            "was near",
            ("Oleks Syrsky",),
        ),
        (
            "Elsund Power published a statement on Monday. The pier is safe, the statement said.",
            "is safe",
            ("Elsund Power",),
        ),
        (
            "In a separate statement, Elsund Power denied that the pier was rotten. “It is safe,” the statement added.",
            "is safe",
            ("Elsund Power",),
        ),
        (
            "The pier was rotten for a year, a diver has claimed as pressure grows on the council to shut it.",
            "was rotten",
            ("diver (anonymous)",),
        ),
        (
            "The pier is safe, according to US officials and papers reviewed by the Ledger.",
            "is safe",
            ("US officials and papers reviewed by the Ledger (anonymous)",),
        ),
        (
            "The five ministers and Harbour Link, a trade body for the harbours of the coast, say it is over.",
            "is over",
            ("five ministers and Harbour Link",),
        ),
        ("It is over, according to a representative for Elsund Power at the time.", "is over", ("Elsund Power",)),
        (
            "The family of hostage Ann Moor says it is over.",
            "is over",
            ("family of hostage Ann Moor (anonymous)",),
        ),
        ("It is over, according to a tally by Elsund Business based on papers.", "is over", ("Elsund Business tally",)),
        (
            "He had a letter from Rep. Bo Lindt, R-Texas, a former ship's surgeon, who said that it was over.",
            "was over",
            ("Bo Lindt",),
        ),
        (
            "They were met with counter-protesters who said that it was over.",
            "was over",
            ("counter-protesters (anonymous)",),
        ),
        ("MPs say it is over.", "is over", ("MPs (anonymous)",)),
        (
            "Several countries including Norland, Velmara and Anadel say it is over.",
            "is over",
            ("several countries including Norland, Velmara and Anadel (anonymous)",),
        ),
        (
            "The trade association, Society of Ferry Makers and Traders (SFMT), has said it is over.",
            "is over",
            ("Society of Ferry Makers and Traders",),
        ),
        ("The Usdaw union said it was over.", "was over", ("Usdaw",)),
        (
            "The Elsund Police Air Wing flew out. Elsund Police said five people went missing.",
            "went missing",
            ("Elsund Police",),
        ),
        (
            "It is over, according to Ruritanian, Norland and Western sources.",
            "is over",
            ("Ruritanian, Norland and Western sources (anonymous)",),
        ),
        (
            "Bob Smith sent a note. “It is over,” he wrote, according to CNBC.",
            "is over",
            ("Bob Smith", "CNBC"),
        ),
        (
            "They saw the ferry mandate and the slump in demand. According to the mandate, boats must be clean.",
            "must be clean",
            ("ferry mandate",),
        ),
        (
            "Council leader Steve Skales, Elsund Republican and a lead author of the bill, said it was over.",
            "was over",
            ("Steve Skales",),
        ),
        (
            "Harbour said it was late. Senior Harbour official Bo Lindt left. Harbour said it was over.",
            "was over",
            ("Harbour",),
        ),
        ("The council's navy has sunk what it said were boats of thieves.", "were boats", ("council's navy",)),
        ("Many in the party say it is over.", "is over", ("many in the party (anonymous)",)),
        (
            "Taras Holub, the city's mayor, visited the pier. According to the official, it will open in May.",
            "open in May",
            ("Taras Holub",),
        ),
        ("The vote was held, Anadel News reported, without citing a source.", "was held", ("Anadel News",)),
        ("The pier will go, RBC-Ukraine informs.", "will go", ("RBC-Ukraine",)),
        ("Quote from Oleg Savin: “We held the pier.”", "We held", ("Oleg Savin",)),
        (
            "Elsund Agency said the boat was late. A spokeswoman said it would sail soon.",
            "sail soon",
            ("Elsund Agency",),
        ),
        ("A man was hurt on Sunday. A spokesman said he was well.", "he was well", ("spokesman (anonymous)",)),
        ("Claiming that the pier had failed, Oleg Savin left the council.", "had failed", ("Oleg Savin",)),
        ("The pier will go, the Financial Times has been told.", "will go", ("Financial Times",)),
        ("“We are poor,” a farmer told the Courier.", "We are poor", ("farmer (anonymous)", "Courier")),
        (
            "The army was cited by Anadel News as saying on Monday that a boat had sunk.",
            "a boat",
            ("the army", "Anadel News"),
        ),
    ],
)
def test_who_is_taken_up(body: str, words: str, chain: tuple[str, ...]) -> None:
    record = read(body)
    assert chain_of(record, words) == (*chain, "Daily Example")
    assert "governor" not in next(claim.text for claim in record.claims if words in claim.text)


def test_the_second_half_of_a_quotation_is_as_much_on_record_as_the_first() -> None:
    record = read('"I shall not sign this," Rosa Petty said on Monday. "My voters deserve an answer."')
    assert {claim.on_record for claim in record.claims[1:]} == {OnRecord.ON_RECORD}


def test_one_and_another_are_of_the_people_whom_the_sentence_before_tells_of() -> None:
    record = read(
        "Migrants on the barge complained of the food. One told a radio it was rotten. Another said it was cold."
    )
    assert source_of(record, "it was rotten").name == "one of the migrants on the barge (anonymous)"
    assert source_of(record, "it was cold").name == "another of the migrants on the barge (anonymous)"


def test_a_name_does_not_begin_with_the_end_of_the_sentence_before() -> None:
    record = read(
        "They spoke for Elsund and Russia. Ric Grennel, the special envoy, said the talks went on. "
        "Grennel said it was cold."
    )
    assert source_of(record, "the talks went on").name == source_of(record, "it was cold").name == "Ric Grennel"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Bruno Castell left early. “I saw it nine times,” said the Uruguayan.",
            "I saw it nine times",
            "Bruno Castell",
        ),
        ("Jean Sabat could leave. “News to me,” the Frenchman wrote.", "News to me", "Jean Sabat"),
        (
            "The storm was near. The tide is high, according to its quarterly report.",
            "The tide is high",
            "quarterly report",
        ),
        ("Colm Reidy BL said the boat had sunk. He wept.", "the boat had sunk", "Colm Reidy"),
    ],
)
def test_what_belongs_to_no_name(text: str, words: str, name: str) -> None:
    assert source_of(read(text), words).name == name


def test_the_company_is_the_one_that_the_sentence_tells_of() -> None:
    text = "Norland Oil will drill for lithium with an engine that it bought in May, the company announced."
    assert annotator.annotate(text, publisher="Daily Example").sources[-1].name == "Norland Oil"


@pytest.mark.parametrize(
    ("rest", "name"),
    [
        ("", "Norland Oil"),
        ("The Elsund Shipping Bank lent it money. ", "Norland Oil"),
        ("The harbour police came. The harbour police left. The council left. ", "Norland Oil"),
    ],
)
def test_the_company_is_the_business_that_the_text_is_about(rest: str, name: str) -> None:
    text = f"A clerk of Norland Oil was hurt. The ship of Norland Oil sank. {rest}It was late, the company said."
    assert annotator.annotate(text, publisher="Daily Example").sources[-1].name == name
