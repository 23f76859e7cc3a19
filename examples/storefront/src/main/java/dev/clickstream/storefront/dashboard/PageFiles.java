package dev.clickstream.storefront.dashboard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page is made of, by path; nothing else can be asked for. Immutable. */
final class PageFiles {
    private static final String OWN = "/web/dashboard/";
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private final Map<String, PageFile> files;

    private PageFiles(Map<String, PageFile> files) {
        this.files = files;
    }

    /** A file as it is sent. */
    record PageFile(String contentType, byte[] bytes) {
        @Override
        public String toString() {
            return contentType + ", " + bytes.length + " bytes";
        }
    }

    /** Reads all of them from the class path. */
    static PageFiles load() throws IOException {
        Map<String, PageFile> files = new HashMap<>();
        files.put("/", file(OWN + "index.html", "text/html; charset=utf-8"));
        files.put("/icon.svg", file(OWN + "icon.svg", "image/svg+xml"));
        for (String style : new String[] {"page.css", "parts.css"}) {
            files.put("/" + style, file(OWN + style, "text/css; charset=utf-8"));
        }
        for (String script :
                new String[] {"page.js", "format.js", "elements.js", "charts.js", "clicks.js", "pipeline.js"}) {
            files.put("/" + script, file(OWN + script, "text/javascript; charset=utf-8"));
        }
        files.put("/uPlot.css", file(CHARTS + "uPlot.min.css", "text/css; charset=utf-8"));
        files.put("/uPlot.js", file(CHARTS + "uPlot.iife.min.js", "text/javascript; charset=utf-8"));
        return new PageFiles(Map.copyOf(files));
    }

    private static PageFile file(String resource, String contentType) throws IOException {
        try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource + " is not on the class path");
            }
            return new PageFile(contentType, in.readAllBytes());
        }
    }

    @Nullable
    PageFile at(String path) {
        return files.get(path);
    }
}
