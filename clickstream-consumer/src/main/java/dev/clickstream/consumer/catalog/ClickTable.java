package dev.clickstream.consumer.catalog;

import static java.util.Objects.requireNonNull;

import dev.clickstream.consumer.s3.PrefixExpression;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table over click events as {@link dev.clickstream.consumer.s3.S3Sink} delivers them, JSON lines below a prefix: for
 * Athena with partition projection, so that a row can be queried as soon as its object is there and no crawler runs; for
 * Glue; and for DuckDB over the same objects. Immutable.
 *
 * <p>Of a prefix without names, as Firehose's, one column {@code datehour} is made; of one with names, such as
 * {@code dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/}, a column for each. A column of a transform's partition key
 * is {@code injected}: a query must say its value. (Source: Athena User Guide, "Partition projection".)
 */
public final class ClickTable {
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");

    private final String name;
    private final String bucket;
    private final ObjectLayout layout;
    private final LocalDate first;

    private ClickTable(String name, String bucket, ObjectLayout layout, LocalDate first) {
        this.name = name;
        this.bucket = bucket;
        this.layout = layout;
        this.first = first;
    }

    /**
     * A table.
     *
     * @param name in lower case, as Athena makes it anyway
     * @param bucket the sink's
     * @param prefix the sink's, as it was configured
     * @param first the day of the first object: where projection begins
     * @return a table
     * @throws IllegalArgumentException if the name is none, or no columns can be made of the prefix; the message says why
     */
    public static ClickTable of(String name, String bucket, String prefix, LocalDate first) {
        if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException("A table's name is of a-z, 0-9 and _, not '" + name + "'");
        }
        requireNonNull(bucket, "bucket");
        PrefixExpression checked = PrefixExpression.parse(prefix);
        ObjectLayout layout = ObjectLayout.of(checked.toString());
        for (Partition partition : layout.partitions()) {
            if (EventColumns.all().containsKey(partition.name())) {
                throw new IllegalArgumentException("The prefix has a column " + partition.name()
                        + ", as events have: one of them must be called otherwise");
            }
        }
        return new ClickTable(name, bucket, layout, requireNonNull(first, "first"));
    }

    /**
     * A statement for Athena.
     *
     * @return {@code CREATE EXTERNAL TABLE}
     */
    public String athenaDdl() {
        return "CREATE EXTERNAL TABLE IF NOT EXISTS " + name + " (\n"
                + EventColumns.all().entrySet().stream()
                        .map(column -> "  `" + column.getKey() + "` " + column.getValue().athena)
                        .collect(Collectors.joining(",\n"))
                + "\n)\nPARTITIONED BY (\n"
                + layout.partitions().stream()
                        .map(partition -> "  `" + partition.name() + "` " + athenaType(partition))
                        .collect(Collectors.joining(",\n"))
                + "\n)\nROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'\n"
                + "WITH SERDEPROPERTIES ('ignore.malformed.json'='false', 'case.insensitive'='false')\n"
                + "LOCATION '" + location() + "'\nTBLPROPERTIES (\n"
                + projection().entrySet().stream()
                        .map(property -> "  '" + property.getKey() + "'='" + property.getValue() + "'")
                        .collect(Collectors.joining(",\n"))
                + "\n)\n";
    }

    private static String athenaType(Partition partition) {
        return partition.kind() == Partition.Kind.INTEGER ? "int" : "string";
    }

    private String location() {
        return "s3://" + bucket + "/" + layout.base();
    }

    private Map<String, String> projection() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("projection.enabled", "true");
        for (Partition partition : layout.partitions()) {
            String start = "projection." + partition.name() + ".";
            properties.put(start + "type", partition.kind().name().toLowerCase(Locale.ROOT));
            if (partition.kind() == Partition.Kind.DATE) {
                properties.put(start + "format", partition.pattern().replace("'", "''"));
                properties.put(start + "range", partition.firstOf(first) + ",NOW");
                properties.put(start + "interval", "1");
                properties.put(start + "interval.unit", partition.intervalUnit());
            } else if (partition.kind() == Partition.Kind.INTEGER) {
                properties.put(start + "range", partition.integerRange(first.getYear()));
                properties.put(start + "digits", Integer.toString(partition.digits()));
            }
        }
        properties.put("storage.location.template", "s3://" + bucket + "/" + layout.template());
        return properties;
    }

    /**
     * The table as Glue's CreateTable wants it, for the console's, the SDK's or Terraform's sake.
     *
     * @return {@code TableInput} as JSON
     */
    public String glueTableInput() {
        List<String> columns = new ArrayList<>();
        EventColumns.all().forEach((column, type) -> columns.add(glueColumn(column, type.athena)));
        List<String> keys = layout.partitions().stream()
                .map(partition -> glueColumn(partition.name(), athenaType(partition)))
                .toList();
        String parameters = projection().entrySet().stream()
                .map(property ->
                        "\"" + property.getKey() + "\":\"" + property.getValue().replace("''", "'") + "\"")
                .collect(Collectors.joining(","));
        return "{\"Name\":\"" + name + "\",\"TableType\":\"EXTERNAL_TABLE\",\"Parameters\":{\"EXTERNAL\":\"TRUE\","
                + parameters + "},\"PartitionKeys\":[" + String.join(",", keys)
                + "],\"StorageDescriptor\":{\"Columns\":["
                + String.join(",", columns) + "],\"Location\":\"" + location()
                + "\",\"InputFormat\":\"org.apache.hadoop.mapred.TextInputFormat\","
                + "\"OutputFormat\":\"org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat\","
                + "\"SerdeInfo\":{\"SerializationLibrary\":\"org.openx.data.jsonserde.JsonSerDe\","
                + "\"Parameters\":{\"ignore.malformed.json\":\"false\",\"case.insensitive\":\"false\"}}}}";
    }

    private static String glueColumn(String column, String type) {
        return "{\"Name\":\"" + column + "\",\"Type\":\"" + type + "\"}";
    }

    /**
     * A view for DuckDB, over the bucket or a copy of it.
     *
     * @param root where the keys begin, such as {@code s3://bucket/} or a folder with a slash at its end
     * @return {@code CREATE OR REPLACE VIEW}; a query of it fails as long as there is no object
     */
    public String duckDbView(String root) {
        String columns = EventColumns.all().entrySet().stream()
                .map(column -> "    " + column.getKey() + ": '" + column.getValue().duckDb + "'")
                .collect(Collectors.joining(",\n"));
        return "CREATE OR REPLACE VIEW " + name + " AS\nSELECT * FROM read_json(\n  '"
                + (root + layout.base()).replace("'", "''")
                + "**/*',\n  format = 'newline_delimited', hive_partitioning = " + layout.isHive()
                + ", columns = {\n" + columns + "\n  })\n";
    }

    /**
     * Views over the table that answer what shops ask, each counting sampled events by their weight:
     *
     * <ul>
     *   <li>{@code <table>_events}: each event once by {@code event_id}, with {@code event_time} and {@code weight}
     *   <li>{@code <table>_sessions}: a visitor's events with no gap of more than 30 minutes
     *   <li>{@code <table>_product_hours}: events by product, name and hour
     *   <li>{@code <table>_funnel}: from view to purchase, by product
     * </ul>
     *
     * @param dialect who is asked
     * @return statements by the views' names, to be run in this order
     */
    public Map<String, String> views(SqlDialect dialect) {
        return ClickViews.over(name, requireNonNull(dialect, "dialect"));
    }
}
