"""From a card to the page about its service."""

from __future__ import annotations

from cds_service.attributes.link import address, linked
from cds_service.cds_hooks.response import Card, Indicator, Link, Source
from tests.cds_service.attributes.content import CONTENT

URL = address("https://cds.example", "toy-order-select")
READ_ON = Link(label="More", url="https://toy.example/more")


def card(source: Source) -> Card:
    """Make a card with a link of its own."""
    return Card(
        summary="Toy",
        indicator=Indicator.INFO,
        source=source,
        uuid="u",
        links=(READ_ON,),
    )


def test_the_address_is_below_the_service() -> None:
    """Under the base that clients know."""
    assert URL == "https://cds.example/cds-services/toy-order-select/source-attributes"


def test_the_source_leads_to_where_the_page_names_it() -> None:
    """The label stays that of the publication, and so does the link to it."""
    source = Source(label="The book of toys", url="https://toy.example/book")

    (told,) = linked([card(source)], CONTENT, URL)

    assert told.source.label == "The book of toys"
    assert told.source.url == f"{URL}#toy-book"
    assert told.links == (READ_ON, Link(label="About this advice", url=URL))


def test_a_source_of_our_own_leads_to_the_page() -> None:
    """Where no publication is behind it, as for data that are missing."""
    (told,) = linked([card(Source(label="Toys"))], CONTENT, URL)

    assert told.source.url == URL


def test_no_card_has_no_link() -> None:
    """Nothing is added to an empty answer."""
    assert linked([], CONTENT, URL) == ()
