# The other side of the k-means row: kmeans of R (Hartigan, Wong), ten starts, on the same rows.
arguments <- commandArgs(trailingOnly = TRUE)
x <- matrix(readBin(arguments[1], "double", 40000 * 15, endian = "little"), ncol = 15)
set.seed(1)
took <- system.time(found <- suppressWarnings(kmeans(x, as.integer(arguments[2]), nstart = 10, iter.max = 100)))
cat("seconds: ", took[["elapsed"]], "\ninertia: ", sprintf("%.3f", found$tot.withinss), "\n", sep = "")
