"""Which sheets does a workbook have, and what do their cells say as texts?"""

from folkmoot.core.spend.reading.files.workbooks.sheets import LARGEST, form_of_zip, rows_of, sheets_of

__all__ = ["LARGEST", "form_of_zip", "rows_of", "sheets_of"]
