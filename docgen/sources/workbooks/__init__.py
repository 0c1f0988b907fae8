"""What stands behind docgen.sources.workbook: the parts, sheets and values of a workbook."""
