"""Imports: files, mappings, runs and what could not be taken."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from fcr_app.api.schemas.base import LARGEST_ID, Answer, Given, Moment, Text, YesNo, an_id, text_of
from fcr_app.api.schemas.lists import place
from fcr_app.domain.facts import Part
from fcr_app.services.imports.kinds import CRIMES, KINDS
from fcr_app.services.imports.mapping import LONGEST_NAME

KIND = validate.OneOf(sorted(KINDS))
#: More than any file has.
MOST_ENTRIES = 200
STATES = ("waiting", "running", "done", "failed")


def _texts(about: str, **options: Any) -> fields.Dict:
    return fields.Dict(keys=Text(), values=Text(), metadata={"description": about}, **options)


def _list(inner: Any, about: str) -> "fields.List[Any]":
    return fields.List(
        inner, validate=validate.Length(max=MOST_ENTRIES), metadata={"description": about}
    )


class PersonColumnGiven(Given):
    """A heading, and the part that the people named under it play."""

    column = text_of(LONGEST_NAME, 1, required=True)
    part = fields.Enum(Part, by_value=True, required=True)


class ColumnsGiven(Given):
    """Which column of a file is which of our fields. What is left out stays as usual."""

    columns = _texts("Heading by our field.", required=True)
    constants = _texts("A value that every row has, by our field.")
    date_formats = _list(Text(), "As strptime reads them, tried in order after ISO.")
    words = fields.Dict(
        keys=Text(),
        values=fields.Dict(keys=Text(), values=Text()),
        metadata={"description": "Reports only: what the file calls our values, by our field."},
    )
    people = _list(fields.Nested(PersonColumnGiven), "Crimes only, as all that follows.")
    people_separator = text_of(5, 1)
    victims = _list(
        fields.Dict(keys=Text(), values=Text()), "For each victim: heading by field of a victim."
    )
    flags = _texts("Heading by flag; its values say yes or no.")
    flag_list = text_of(LONGEST_NAME)
    flag_words = _texts("What the heading in flag_list calls each flag.")
    true_words = _list(Text(), "What means yes.")
    status_words = _texts("What the file calls each status.")


class MappingGiven(Given):
    """A mapping to be kept under a name."""

    name = text_of(LONGEST_NAME, 1, required=True)
    kind = Text(load_default=CRIMES.key, validate=KIND)
    mapping = fields.Nested(ColumnsGiven, required=True)
    replaces = YesNo(
        load_default=False,
        metadata={"description": "True to write over one that has the name already."},
    )

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        """Return it with the mapping as it is read from a file.

        Raises:
            ValidationError: If it says what mappings of its kind don't say.
        """
        said: dict[str, Any] = data["mapping"]
        kind = KINDS[data["kind"]]
        if unknown := set(said) - set(kind.mapping.__dataclass_fields__):
            raise ValidationError(
                f"A mapping for {kind.label.lower()} has no {min(unknown)}.", "mapping"
            )
        if "people" in said:
            said["people"] = [{**one, "part": one["part"].value} for one in said["people"]]
        return data


class MappingAsked(Given):
    """The mapping of which name."""

    name = text_of(LONGEST_NAME, 1, required=True)


class MappingsAsked(Given):
    """Mappings of which kind of file."""

    kind = Text(load_default=CRIMES.key, validate=KIND)


class MappingsAnswer(Answer):
    """The names of the mappings there are, the examples that come with the product last."""

    kind = Text()
    names = fields.List(Text())


class MappingAnswer(Answer):
    """A mapping as it is kept."""

    name = Text()
    kind = Text()
    mapping = fields.Dict(metadata={"description": "Like ColumnsGiven."})


class CheckAsked(Given):
    """The mapping to read the file by, if any."""

    mapping = text_of(LONGEST_NAME, load_default="")


class SampleAnswer(Answer):
    """A column of a file, with the first value under its heading."""

    heading = Text()
    value = Text()


class FileAnswer(Answer):
    """A file that was uploaded, and what a mapping would read of it."""

    id = fields.Integer()
    name = Text()
    encoding = Text()
    separator = Text()
    columns = fields.List(fields.Nested(SampleAnswer))
    problem = Text(metadata={"description": "Why the mapping can’t read it; empty where it can."})
    unused = fields.List(Text(), metadata={"description": "Headings the mapping does not read."})
    remarks = fields.List(
        Text(), metadata={"description": "What the file does not hold and what that means."}
    )


class RunGiven(Given):
    """Which file to import by which mapping; for a trial, with nothing written."""

    file_id = an_id(required=True)
    mapping = text_of(LONGEST_NAME, 1, required=True)
    dry_run = YesNo(load_default=False)


class RunAnswer(Answer):
    """An import: how far it is, and what came of it."""

    id = fields.Integer()
    kind = Text()
    file_id = fields.Integer(
        allow_none=True, metadata={"description": "Nothing once the file is not kept any more."}
    )
    file_name = Text()
    mapping_name = Text()
    dry_run = fields.Boolean()
    state = fields.String(validate=validate.OneOf(STATES))
    over = fields.Boolean()
    stopped = fields.Boolean(
        metadata={"description": "It is not over and nothing works on it: go on with it."}
    )
    rows_total = fields.Integer()
    rows_done = fields.Integer()
    added_count = fields.Integer()
    changed_count = fields.Integer()
    unchanged_count = fields.Integer()
    refused_count = fields.Integer()
    remarks = fields.List(Text())
    started_by = Text()
    started_at = Moment()
    ended_at = Moment(allow_none=True)


class RunsAsked(Given):
    """From where in the list."""

    after = place("after")
    before = place("before")


class RunsAnswer(Answer):
    """Some imports, the newest first."""

    items = fields.List(fields.Nested(RunAnswer), attribute="rows")
    before = Text()
    after = Text()


class ProblemsAsked(Given):
    """From where in the list."""

    after = fields.Integer(load_default=0, validate=validate.Range(min=0, max=LARGEST_ID))
    before = fields.Integer(load_default=0, validate=validate.Range(min=0, max=LARGEST_ID))


class ImportProblemAnswer(Answer):
    """One value that could not be taken."""

    line = fields.Integer(metadata={"description": "Of the file; the heading is line 1."})
    column = Text()
    value = Text()
    reason = Text()


class ProblemsAnswer(Answer):
    """Some of an import's problems, in the order of the file."""

    items = fields.List(fields.Nested(ImportProblemAnswer), attribute="rows")
    before = fields.Integer(metadata={"description": "0 on the first page."})
    after = fields.Integer(metadata={"description": "0 on the last page."})
