# The other side of the xlsx row: reads a workbook into a data frame and says how many rows and columns it got.
arguments <- commandArgs(trailingOnly = TRUE)
table <- readxl::read_excel(arguments[1], skip = as.integer(arguments[2]))
cat("rows=", nrow(table), " columns=", ncol(table), "\n", sep = "")
