import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.query.QueryException;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.Syntax;

/** Parses each file as SPARQL 1.1, without Jena's extensions; prints the name of each, and what is wrong with it. */
public class Parse {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            try {
                QueryFactory.create(Files.readString(Path.of(file)), Syntax.syntaxSPARQL_11);
                System.out.println(file);
            } catch (QueryException e) {
                System.out.println(file + ": " + e.getMessage().lines().findFirst().orElse("?"));
            }
        }
    }
}
