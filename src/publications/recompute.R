# Computes the figures of this publication again with R alone (no package needed) and compares.
# Run in the folder of the unpacked bundle:  Rscript recompute.R
figures <- read.csv("figures.csv", fileEncoding = "UTF-8-BOM", colClasses = "character", na.strings = "")
weights <- read.csv("codebook.csv", fileEncoding = "UTF-8-BOM", colClasses = "character", na.strings = "")
weights <- weights[!is.na(weights$weight), ]
number <- function(x) suppressWarnings(as.numeric(x))
shown <- figures[figures$state == "shown", ]
key <- function(x) paste(x$unit, x$field, x$from, x$to, x$source, x$run, sep = "|")
shown$key <- key(shown)

recompute <- function(i) {
  row <- shown[i, ]
  n <- number(row$n)
  if (!is.na(row$sum)) {
    sum <- number(row$sum); squares <- number(row$sum_squares)
    se <- sqrt(max(0, (squares - sum^2 / n) / (n - 1)) / n)
    return(c(sum / n, sum / n + c(-1, 1) * qt(0.975, n - 1) * se))
  }
  if (row$method == "clopper_pearson") {
    x <- number(row$satisfied)
    low <- if (x == 0) 0 else qbeta(0.025, x, n - x + 1)
    high <- if (x == n) 1 else qbeta(0.975, x + 1, n - x)
    return(c(x / n, low, high))
  }
  if (row$method != "xlogit") return(rep(NA, 3))
  if (!is.na(row$pooled_satisfied)) {
    p <- number(row$pooled_satisfied) / number(row$pooled_answers)
  } else {
    w <- weights[weights$run == row$run & weights$index == row$what, ]
    all <- figures[key(figures) == row$key & figures$kind == "item" & figures$what %in% w$item, ]
    if (nrow(all) == 0) {
      p <- number(row$estimate)   # a part or a point of the series: its items are not published
    } else {
      k <- number(w$weight)[match(all$what, w$item)]
      k <- k / sum(k)
      there <- all$state == "shown"
      hidden <- if (is.na(row$hidden)) 0 else number(row$hidden)
      p <- sum(k[there] * number(all$satisfied)[there] / number(all$n)[there]) + hidden
    }
  }
  se <- sqrt(number(row$variance)) / (p * (1 - p))
  c(p, plogis(qlogis(p) + c(-1, 1) * qt(0.975, n - 1) * se))
}

again <- t(vapply(seq_len(nrow(shown)), recompute, numeric(3)))
published <- cbind(number(shown$estimate), number(shown$low), number(shown$high))
difference <- apply(abs(again - published), 1, max)
headline <- shown$what == "composite" & shown$source == "headline" & is.na(shown$field)
out <- data.frame(unit = shown$unit, from = shown$from, to = shown$to, n = shown$n,
                  percent = round(100 * again[, 1], 2), low = round(100 * again[, 2], 2),
                  high = round(100 * again[, 3], 2), difference = signif(difference, 2))
print(out[headline, ], row.names = FALSE)
cat(sprintf("%d figures computed again, largest difference %.1e\n", sum(!is.na(difference)),
            max(difference, na.rm = TRUE)))
if (max(difference, na.rm = TRUE) > 1e-10) quit(status = 1)
