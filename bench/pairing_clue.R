# The other side of the pairing row: the allowed pairs of bench_pairing as a dense matrix, solved by clue's Hungarian method.
# A pair that is not allowed costs more than all allowed ones together, as a school without a leader does for us.
arguments <- commandArgs(trailingOnly = TRUE)
arcs <- read.csv(arguments[1], colClasses = c("character", "character", "numeric"))
schools <- sort(unique(arcs$school))
leaders <- sort(unique(arcs$leader))
beyond <- 1e6 * (length(schools) + 1)
costs <- matrix(beyond, length(schools), length(leaders))
costs[cbind(match(arcs$school, schools), match(arcs$leader, leaders))] <- arcs$cost
seconds <- system.time(pairs <- clue::solve_LSAP(costs))[["elapsed"]]
chosen <- costs[cbind(seq_along(schools), as.integer(pairs))]
cat("rows: ", length(schools), "\ncolumns: ", length(leaders), "\nseconds: ", seconds, "\npaired: ", sum(chosen < beyond),
    "\ncost: ", format(sum(chosen[chosen < beyond]), digits = 15), "\n", sep = "")
