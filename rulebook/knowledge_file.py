"""Reads policy/knowledge, or refuses it whole with file, line and reason for each fault."""

from pathlib import Path

from rulebook.book import Book
from rulebook.fault import BadPolicy, PolicyFault
from rulebook.knowledge_row import KnowledgeRow, about_knowledge
from rulebook.sheet import read_sheet


def load_knowledge(folder: Path, book: Book) -> list[KnowledgeRow]:
    """The rows of every file there, oldest file first; none when the folder is not there. Each code stands once.
    Raises BadPolicy with every fault found."""
    faults: list[PolicyFault] = []
    rows: dict[str, KnowledgeRow] = {}
    for path in sorted((folder / "knowledge").glob("*.csv")):
        file = f"knowledge/{path.name}"
        sheet = read_sheet(path, file, KnowledgeRow)
        for line, row in sheet.rows:
            for reason in row.reasons(book):
                sheet.blame(line, reason)
            if row.code in rows:
                sheet.blame(line, f"code: {row.code} stands in an earlier file, and is its unit's to change")
        for line, reason in about_knowledge(sheet.rows):
            sheet.blame(line, reason)
        faults += sheet.faults
        rows |= {row.code: row for _, row in sheet.rows}
    if faults:
        raise BadPolicy(faults)
    return list(rows.values())
